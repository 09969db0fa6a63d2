import type { LonLat } from '@lamplight/base';
import { TextInput, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';

/** A position as it is typed. */
export interface PositionText {
  readonly lon: string;
  readonly lat: string;
}

export const writePosition = (at: LonLat | null): PositionText =>
  at ? { lon: String(at[0]), lat: String(at[1]) } : { lon: '', lat: '' };

/** The position that was typed; `null` for none, `undefined` for something that is none. */
export function readPosition({ lon, lat }: PositionText): LonLat | null | undefined {
  if (lon.trim() === '' && lat.trim() === '') return null;
  const [east, north] = [degrees(lon, 180), degrees(lat, 90)];
  return east === undefined || north === undefined ? undefined : [east, north];
}

function degrees(text: string, most: number): number | undefined {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Math.abs(value) <= most ? value : undefined;
}

export function PositionFields({
  value,
  onChange,
  isRequired = false,
}: {
  readonly value: PositionText;
  onChange(value: PositionText): void;
  readonly isRequired?: boolean;
}): ReactNode {
  const { t } = useIntl();
  return (
    <div className="admin-pair">
      <TextInput
        label={t('admin.lon')}
        hint={t('admin.positionHint')}
        value={value.lon}
        onChange={(lon) => onChange({ ...value, lon })}
        isRequired={isRequired}
      />
      <TextInput
        label={t('admin.lat')}
        value={value.lat}
        onChange={(lat) => onChange({ ...value, lat })}
        isRequired={isRequired}
      />
    </div>
  );
}
