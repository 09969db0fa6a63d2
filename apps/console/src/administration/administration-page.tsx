import { useIntl } from '@lamplight/ui';
import { type ReactNode, Suspense } from 'react';
import '../styles/administration.css';
import { useDesk } from '../desk/desk.js';
import { useTitle } from '../shell/title.js';
import { Link, usePath } from '../state/router.js';
import { findSection, SECTION_GROUPS, SECTIONS, type Section } from './sections.js';

/** Everything the agency looks after itself: a list of sections, and the one that is open. */
export function AdministrationPage(): ReactNode {
  const { t } = useIntl();
  const { powers } = useDesk();
  const path = usePath();
  const sections = SECTIONS.filter(({ power }) => powers[power]);
  const found = findSection(path);
  const open = found && sections.includes(found) ? found : undefined;
  const atIndex = path === '/admin/';
  useTitle(open ? t(open.name) : t('nav.admin'));

  return (
    <main id="main" className="admin" tabIndex={-1} data-index={atIndex || undefined}>
      {atIndex ? null : <SectionList sections={sections} />}
      <div className="admin-content">
        {open ? (
          <OpenSection key={open.id} section={open} />
        ) : atIndex ? (
          <Index sections={sections} />
        ) : (
          <div className="admin-empty">
            <h1>{t(found ? 'admin.notForYou' : 'admin.noSection')}</h1>
            <Link to="/admin/">{t('admin.backToIndex')}</Link>
          </div>
        )}
      </div>
    </main>
  );
}

function OpenSection({
  section: { name, about, component: Component },
}: {
  readonly section: Section;
}): ReactNode {
  const { t } = useIntl();
  const { administer } = useDesk().powers;
  return (
    <>
      <Link to="/admin/" className="admin-back">
        <span aria-hidden="true">‹ </span>
        {t('admin.backToIndex')}
      </Link>
      <header className="admin-head">
        <h1>{t(name)}</h1>
        <p className="muted">{t(about)}</p>
        {administer ? null : <p className="admin-read-only">{t('admin.readOnly')}</p>}
      </header>
      <Suspense fallback={<p className="muted">{t('common.loading')}</p>}>
        <Component />
      </Suspense>
    </>
  );
}

function SectionList({ sections }: { readonly sections: readonly Section[] }): ReactNode {
  const { t } = useIntl();
  return (
    <nav className="admin-sections" aria-label={t('admin.sections')}>
      {groupsOf(sections).map(({ group, members }) => (
        <div key={group}>
          <h2>{t(`admin.group.${group}`)}</h2>
          <ul>
            {members.map(({ id, name }) => (
              <li key={id}>
                <Link to={`/admin/${id}`}>{t(name)}</Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function Index({ sections }: { readonly sections: readonly Section[] }): ReactNode {
  const { t } = useIntl();
  return (
    <>
      <header className="admin-head">
        <h1>{t('nav.admin')}</h1>
        <p className="muted">{t('admin.intro')}</p>
      </header>
      {groupsOf(sections).map(({ group, members }) => (
        <section key={group} className="admin-index">
          <h2>{t(`admin.group.${group}`)}</h2>
          <ul>
            {members.map(({ id, name, about }) => (
              <li key={id}>
                <Link to={`/admin/${id}`}>{t(name)}</Link>
                <p className="muted">{t(about)}</p>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

const groupsOf = (sections: readonly Section[]) =>
  SECTION_GROUPS.map((group) => ({
    group,
    members: sections.filter((section) => section.group === group),
  })).filter(({ members }) => members.length > 0);
