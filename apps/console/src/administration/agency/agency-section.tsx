import type { AgencyProfile } from '@lamplight/contracts';
import { Button, Notice, SelectInput, TextInput, type UiLocale, useIntl } from '@lamplight/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useDesk } from '../../desk/desk.js';
import { useAction } from '../../state/action.js';
import { useServer } from '../../state/server.js';
import { useLoaded } from '../parts/loaded.js';

/** What the agency is called, its language, and how long it keeps what is not the log. */
export function AgencySection(): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const profile = useLoaded(() => api.agencyProfile());
  if (profile.value) return <AgencyForm profile={profile.value} />;
  return profile.error === null ? (
    <p className="muted">{t('common.loading')}</p>
  ) : (
    <Notice tone="refusal">{t('common.loadFailed', { reason: problem(profile.error) })}</Notice>
  );
}

function AgencyForm({ profile }: { readonly profile: AgencyProfile }): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const { administer } = useDesk().powers;
  const [en, setEn] = useState(profile.name.en);
  const [zh, setZh] = useState(profile.name.zh);
  const [locale, setLocale] = useState<UiLocale>(profile.locale);
  const [positionDays, setPositionDays] = useState(String(profile.retention.positionDays));
  const [receiptDays, setReceiptDays] = useState(String(profile.retention.receiptDays));
  const [saved, setSaved] = useState(false);
  const retention = { positionDays: Number(positionDays), receiptDays: Number(receiptDays) };
  const save = useAction(() =>
    api
      .changeAgency({ name: { en: en.trim(), zh: zh.trim() }, locale, retention })
      .then(() => setSaved(true)),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setSaved(false);
    void save.run();
  };
  return (
    <form className="admin-form admin-page-form" onSubmit={submit} aria-label={t('admin.agency')}>
      <dl className="admin-facts">
        <div>
          <dt>{t('admin.id')}</dt>
          <dd>{profile.id}</dd>
        </div>
        <div>
          <dt>{t('admin.agency.timeZone')}</dt>
          <dd>{profile.timeZone}</dd>
        </div>
      </dl>
      <p className="muted">{t('admin.agency.fixed')}</p>
      <div className="admin-pair">
        <TextInput
          label={t('admin.nameEn')}
          value={en}
          onChange={setEn}
          isDisabled={!administer}
          isRequired
        />
        <TextInput
          label={t('admin.nameZh')}
          value={zh}
          onChange={setZh}
          isDisabled={!administer}
          isRequired
        />
      </div>
      {administer ? (
        <SelectInput<UiLocale>
          label={t('admin.agency.locale')}
          value={locale}
          choices={[
            { id: 'en', label: t('language.en') },
            { id: 'zh-CN', label: t('language.zh-CN') },
          ]}
          onChange={setLocale}
        />
      ) : null}
      <div className="admin-pair">
        <TextInput
          label={t('admin.agency.positionDays')}
          hint={t('admin.agency.positionDaysHint')}
          value={positionDays}
          onChange={setPositionDays}
          isDisabled={!administer}
          isRequired
        />
        <TextInput
          label={t('admin.agency.receiptDays')}
          hint={t('admin.agency.receiptDaysHint')}
          value={receiptDays}
          onChange={setReceiptDays}
          isDisabled={!administer}
          isRequired
        />
      </div>
      {save.error === null ? null : <Notice tone="refusal">{problem(save.error)}</Notice>}
      {saved ? <Notice tone="good">{t('admin.saved')}</Notice> : null}
      {administer ? (
        <div className="admin-inline">
          <Button
            variant="primary"
            type="submit"
            isDisabled={save.pending || en.trim() === '' || zh.trim() === ''}
          >
            {t('common.save')}
          </Button>
        </div>
      ) : null}
    </form>
  );
}
