import { useIntl } from '@lamplight/ui';
import { useEffect } from 'react';
import { useServer } from '../state/server.js';

/** Names the page in the browser's tab. */
export function useTitle(page: string): void {
  const { t, name } = useIntl();
  const { info } = useServer();
  const title = t('app.title', { page, agency: name(info.name) });
  useEffect(() => {
    document.title = title;
  }, [title]);
}
