import type { Instant, LonLat, Metres, MetresPerSecond } from '@lamplight/base';

/** One reading of a positioning device, in our units whatever the protocol's units were. */
export interface PositionFix {
  readonly position: LonLat;
  /** When the device says it was there; its clock may be wrong. */
  readonly eventAt: Instant;
  /** Radius within which the true position probably lies. */
  readonly accuracy?: Metres;
  readonly speed?: MetresPerSecond;
  /** Direction of movement: degrees clockwise from north, in [0, 360). */
  readonly bearing?: number;
  /** Height above mean sea level. */
  readonly altitude?: Metres;
  /** Charge of the device, from 0 (empty) to 1 (full). */
  readonly battery?: number;
}
