import { Button, TextInput, useIntl } from '@lamplight/ui';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { z } from 'zod';
import { useAccountSetting } from '../state/account-settings.js';
import { usePreferences } from '../state/preferences.js';
import { useStable } from '../state/stable.js';
import type { BoardMap } from './board-map.js';

const viewSchema = z.object({
  name: z.string(),
  centre: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]),
  zoom: z.number().min(0).max(24),
});
type SavedView = z.output<typeof viewSchema>;
const viewsSchema = z.object({ views: z.array(viewSchema) });
const NO_VIEWS: z.output<typeof viewsSchema> = { views: [] };
/** As many as there are keys. */
const MOST = 9;

/** Views of the map that a person keeps under a name, and comes back to by Shift and a digit. */
export function SavedViews({ map }: { readonly map: BoardMap | null }): ReactNode {
  const { t } = useIntl();
  const [{ views }, set] = useAccountSetting('map-views', viewsSchema, NO_VIEWS);
  const [name, setName] = useState('');
  const show = (view: SavedView): void => map?.goTo(view.centre, view.zoom);
  useViewKeys((rank) => {
    const view = views[rank - 1];
    if (view) show(view);
  });
  const wanted = name.trim();
  const replaces = views.findIndex((view) => view.name === wanted);
  const isFull = replaces < 0 && views.length >= MOST;
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const seen = map?.view();
    if (!seen || wanted === '' || isFull) return;
    const view: SavedView = { name: wanted, centre: [seen.centre[0], seen.centre[1]], zoom: seen.zoom };
    set({ views: replaces < 0 ? [...views, view] : views.with(replaces, view) });
    setName('');
  };
  return (
    <DialogTrigger>
      <AriaButton className="ll-button ll-button-plain" aria-label={t('views.title')}>
        <span aria-hidden="true">★</span>
      </AriaButton>
      <Popover className="ll-popover" placement="left top">
        <Dialog className="map-menu saved-views" aria-label={t('views.title')}>
          {({ close }) => (
            <>
              {views.length === 0 ? <p className="muted">{t('views.none')}</p> : null}
              <ul>
                {views.map((view, index) => (
                  <li key={view.name}>
                    <Button
                      size="small"
                      shortcut={`⇧${index + 1}`}
                      onPress={() => {
                        show(view);
                        close();
                      }}
                    >
                      {view.name}
                    </Button>
                    <Button
                      size="small"
                      variant="quiet"
                      aria-label={t('views.delete', { name: view.name })}
                      onPress={() => set({ views: views.filter((each) => each !== view) })}
                    >
                      <span aria-hidden="true">✕</span>
                    </Button>
                  </li>
                ))}
              </ul>
              <form onSubmit={save}>
                <TextInput
                  label={t('views.name')}
                  hint={isFull ? t('views.full', { most: MOST }) : undefined}
                  value={name}
                  onChange={(text) => setName(text.slice(0, 40))}
                />
                <Button size="small" type="submit" isDisabled={isFull}>
                  {t(replaces < 0 ? 'views.save' : 'views.replace')}
                </Button>
              </form>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** Shift and a digit by the place of the key, as what it writes differs from keyboard to keyboard. */
function useViewKeys(recall: (rank: number) => void): void {
  const { singleKeys } = usePreferences();
  const stable = useStable(recall);
  useEffect(() => {
    if (!singleKeys) return;
    const onKey = (event: KeyboardEvent): void => {
      const rank = Number(/^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1] ?? 0);
      const { shiftKey, ctrlKey, metaKey, altKey, repeat, defaultPrevented, target } = event;
      if (rank === 0 || !shiftKey || ctrlKey || metaKey || altKey || repeat || defaultPrevented) return;
      if (target instanceof HTMLElement && target.closest('input, textarea, select, [role=dialog]')) return;
      event.preventDefault();
      stable(rank);
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [singleKeys, stable]);
}
