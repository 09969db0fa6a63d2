import { Button, IntlProvider, LOCALES, Segmented, TextInput, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components';
import { useTitle } from '../shell/title.js';
import { useDataAge, useNow } from '../state/live-board.js';
import { Link } from '../state/router.js';
import { useServer } from '../state/server.js';
import { BlankCard } from './blank-card.js';
import { IncidentCards } from './incident-cards.js';
import { MapSheets } from './map-sheets.js';
import { UnitList } from './unit-list.js';

const PARTS = ['incidents', 'units', 'maps', 'forms'] as const;
type Part = (typeof PARTS)[number];

const LANGUAGES = [...LOCALES, 'both'] as const;
const MOST_COPIES = 40;

/** What is needed to go on by hand, ready for the printer at any time, also from the kept board. */
export function PackPage(): ReactNode {
  const { t, name, dateTime, duration, zone } = useIntl();
  const { info } = useServer();
  const now = useNow();
  const age = useDataAge();
  const [parts, setParts] = useState<readonly Part[]>(PARTS);
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]>('both');
  const [copies, setCopies] = useState('2');
  useTitle(t('paper.title'));

  const isOld = age !== null && age > 30;
  const state = isOld
    ? t('paper.stateOld', { time: dateTime(now), age: duration(age) })
    : t('paper.state', { time: dateTime(now) });
  const count = Math.min(MOST_COPIES, Math.max(0, Math.trunc(Number(copies)) || 0));
  const cards = LOCALES.filter((each) => language === 'both' || each === language).flatMap((locale) =>
    Array.from({ length: count }, (_, index) => ({ locale, index })),
  );
  const foot = (
    <p className="paper-foot">
      {name(info.name)} · {state} · {t('paper.confidential')}
    </p>
  );
  return (
    <main id="main" className="paper">
      <section className="paper-tools" aria-labelledby="paper-title">
        <h1 id="paper-title">{t('paper.title')}</h1>
        <p className="muted">{t('paper.intro')}</p>
        <div className="paper-choices">
          <CheckboxGroup
            className="ll-field"
            value={[...parts]}
            onChange={(chosen) => setParts(PARTS.filter((part) => chosen.includes(part)))}
          >
            <Label>{t('paper.what')}</Label>
            <div className="ll-segments">
              {PARTS.map((part) => (
                <Checkbox key={part} value={part} className="ll-segment">
                  {({ isSelected }) => (
                    <>
                      <span aria-hidden="true">{isSelected ? '☑' : '☐'}</span>
                      {t(`paper.part.${part}`)}
                    </>
                  )}
                </Checkbox>
              ))}
            </div>
          </CheckboxGroup>
          <Segmented<(typeof LANGUAGES)[number]>
            label={t('paper.languages')}
            value={language}
            choices={LANGUAGES.map((id) => ({
              id,
              label: t(id === 'both' ? 'paper.languages.both' : `language.${id}`),
            }))}
            onChange={setLanguage}
          />
          <TextInput label={t('paper.copies')} value={copies} onChange={setCopies} />
        </div>
        <div className="ll-actions">
          <Link to="/paper/entry">{t('paper.entry')}</Link>
          <Button variant="primary" onPress={() => window.print()}>
            {t('paper.print')}
          </Button>
        </div>
      </section>
      {parts.includes('incidents') ? <IncidentCards foot={foot} /> : null}
      {parts.includes('units') ? <UnitList foot={foot} /> : null}
      {parts.includes('maps') ? <MapSheets foot={foot} /> : null}
      {parts.includes('forms')
        ? cards.map(({ locale, index }) => (
            <IntlProvider key={`${locale} ${index}`} locale={locale} zone={zone}>
              <BlankCard />
            </IntlProvider>
          ))
        : null}
    </main>
  );
}
