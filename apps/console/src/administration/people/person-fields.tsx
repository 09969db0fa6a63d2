import { ROLES, type Role } from '@lamplight/contracts';
import { SelectInput, TextInput, type UiLocale, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useBoard } from '../../state/live-board.js';
import { PickOne, PickSome } from '../parts/choices.js';

export interface PersonFieldsValue {
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly unitId: string | null;
  readonly locale: UiLocale;
}

/** What can be said of a person, new or known. */
export function PersonFields({
  value,
  onChange,
}: {
  readonly value: PersonFieldsValue;
  onChange(change: Partial<PersonFieldsValue>): void;
}): ReactNode {
  const { t } = useIntl();
  const board = useBoard();
  const units = [...board.units.values()]
    .filter(({ retired }) => !retired)
    .map(({ id, callSign }) => ({ id, label: callSign }));
  return (
    <>
      <TextInput
        label={t('admin.people.displayName')}
        value={value.displayName}
        onChange={(displayName) => onChange({ displayName })}
        isRequired
      />
      <PickSome<Role>
        label={t('admin.people.roles')}
        value={value.roles}
        choices={ROLES.map((id) => ({ id, label: t(`role.${id}`) }))}
        onChange={(roles) => onChange({ roles })}
      />
      <PickOne
        label={t('admin.people.unit')}
        hint={t('admin.people.unitHint')}
        value={value.unitId}
        choices={units}
        onChange={(unitId) => onChange({ unitId })}
      />
      <SelectInput<UiLocale>
        label={t('language.label')}
        value={value.locale}
        choices={[
          { id: 'en', label: t('language.en') },
          { id: 'zh-CN', label: t('language.zh-CN') },
        ]}
        onChange={(locale) => onChange({ locale })}
      />
    </>
  );
}
