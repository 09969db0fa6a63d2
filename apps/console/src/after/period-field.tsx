import { Segmented, TextInput, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import type { Period } from './period.js';

/** Chooses a period. */
export function PeriodField({
  value,
  kinds,
  onChange,
}: {
  readonly value: Period;
  readonly kinds: readonly Period['kind'][];
  onChange(value: Period): void;
}): ReactNode {
  const { t } = useIntl();
  return (
    <div className="period-field no-print">
      <Segmented<Period['kind']>
        label={t('report.period')}
        value={value.kind}
        choices={kinds.map((id) => ({ id, label: t(`report.period.${id}`) }))}
        onChange={(kind) => onChange({ ...value, kind })}
      />
      {value.kind === 'custom' ? (
        <>
          <TextInput
            label={t('report.from')}
            type="datetime-local"
            value={value.from}
            onChange={(from) => onChange({ ...value, from })}
          />
          <TextInput
            label={t('report.to')}
            type="datetime-local"
            value={value.to}
            onChange={(to) => onChange({ ...value, to })}
          />
        </>
      ) : null}
    </div>
  );
}
