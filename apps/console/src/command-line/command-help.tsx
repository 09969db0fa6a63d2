import { Button, ruleOf, useIntl, VERB_NAMES, type Verb } from '@lamplight/ui';
import type { ReactNode } from 'react';

/** What can be said, from the same table that the parser reads. */
export function CommandHelp({ about, onClose }: { readonly about: Verb | null; onClose(): void }): ReactNode {
  const { t, locale } = useIntl();
  return (
    <section className="command-help" aria-labelledby="command-help-title">
      <header>
        <h2 id="command-help-title" className="panel-heading">
          {t('commandLine.help')}
        </h2>
        <Button variant="quiet" size="small" aria-label={t('common.close')} onPress={onClose}>
          <span aria-hidden="true">✕</span>
        </Button>
      </header>
      <dl tabIndex={0} aria-labelledby="command-help-title">
        {(about === null ? VERB_NAMES : [about]).map((verb) => (
          <div key={verb}>
            <dt>
              {ruleOf(verb).words.map((word) => (
                <kbd key={word}>{word}</kbd>
              ))}
            </dt>
            <dd>
              {t(`commandLine.verb.${verb}`)}
              <span className="muted">
                {' '}
                {t('commandLine.example')}: <code>{ruleOf(verb).example[locale === 'en' ? 'en' : 'zh']}</code>
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
