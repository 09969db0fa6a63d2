import {
  type CodecFailure,
  type CodecResult,
  type PositionFix,
  parseOsmAndJson,
  parseOsmAndParameters,
  parseOwnTracksText,
} from '@lamplight/adapters';
import { err, exhaustive, type Instant, ok, type Result } from '@lamplight/base';
import type { Acceptance, PositionSource, Tracker } from './tracker.js';

/** A message of a device, not yet read. Text is UTF-8; parameters and JSON are decoded by the HTTP layer. */
export type Frame =
  | { readonly format: 'owntracks-mqtt' | 'owntracks-http'; readonly text: string }
  | { readonly format: 'osmand-parameters'; readonly parameters: unknown }
  | { readonly format: 'osmand-json'; readonly body: unknown };

export interface Intake {
  /**
   * Reads a frame that the signed-in device of a unit sent and gives the fix to the tracker. A failure of code
   * `not-a-position` is no fault of the device: answer it like a success.
   */
  take(deviceId: string, unitId: string, frame: Frame): Result<Acceptance, CodecFailure>;
  /** Frames that gave no position, by reason. */
  readonly counters: Readonly<Record<CodecFailure['code'], number>>;
}

/** The one way of positions in: every protocol ends here, so that the same rules and counts hold for all. */
export function createIntake({ tracker, now }: { tracker: Tracker; now: () => Instant }): Intake {
  const counters: Record<CodecFailure['code'], number> = {
    malformed: 0,
    'missing-field': 0,
    'invalid-field': 0,
    'not-a-position': 0,
    'no-fix': 0,
    encrypted: 0,
  };
  return {
    take(deviceId, unitId, frame) {
      const fix = readFrame(deviceId, frame, now());
      if (fix.ok) return ok(tracker.accept(unitId, deviceId, fix.value, sourceOf(frame)));
      counters[fix.error.code]++;
      return fix;
    },
    get counters() {
      return { ...counters };
    },
  };
}

function readFrame(deviceId: string, frame: Frame, receivedAt: Instant): CodecResult<PositionFix> {
  switch (frame.format) {
    case 'owntracks-mqtt':
    case 'owntracks-http': {
      const report = parseOwnTracksText(frame.text);
      return report.ok ? ok(report.value.fix) : report;
    }
    case 'osmand-parameters':
      return ofDevice(deviceId, parseOsmAndParameters(frame.parameters, receivedAt));
    case 'osmand-json':
      return ofDevice(deviceId, parseOsmAndJson(frame.body));
    default:
      return exhaustive(frame);
  }
}

/** An OsmAnd report names its device; it must be the one that signed in. */
function ofDevice(
  deviceId: string,
  report: CodecResult<{ readonly deviceId: string; readonly fix: PositionFix }>,
): CodecResult<PositionFix> {
  if (!report.ok) return report;
  if (report.value.deviceId === deviceId) return ok(report.value.fix);
  return err({ code: 'invalid-field', field: 'id', reason: 'is not the device that signed in' });
}

function sourceOf({ format }: Frame): PositionSource {
  return format === 'osmand-parameters' || format === 'osmand-json' ? 'osmand' : format;
}
