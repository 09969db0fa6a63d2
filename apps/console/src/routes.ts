import type { MessageKey } from '@lamplight/ui';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Powers } from './state/powers.js';

/** A page of the console for those who are signed in. Every page but the board is loaded when it is first opened. */
export interface Route {
  /** The path; one that ends in `/` also stands for all that lies below it. */
  readonly path: string;
  readonly page: LazyExoticComponent<ComponentType> | ComponentType;
  /** How the page is called in the navigation; left out for pages that are reached from others. */
  readonly name?: MessageKey;
  /** Who is offered it; the server decides what they get. */
  readonly power?: keyof Powers;
  /** Without the header: for windows of their own and big screens. */
  readonly bare?: boolean;
}

export const ROUTES: readonly Route[] = [
  {
    path: '/',
    name: 'nav.board',
    page: lazy(async () => ({ default: (await import('./pages/board-page.js')).BoardPage })),
  },
  {
    path: '/report',
    name: 'nav.report',
    power: 'report',
    page: lazy(async () => ({ default: (await import('./pages/report-page.js')).ReportPage })),
  },
];

export const findRoute = (path: string): Route | undefined =>
  ROUTES.find(
    (route) =>
      path === route.path ||
      (route.path.length > 1 && route.path.endsWith('/') && path.startsWith(route.path)),
  );
