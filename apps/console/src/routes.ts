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
  /** Named in the menu only: what is not gone to many times a day. */
  readonly aside?: boolean;
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
    path: '/overview',
    name: 'nav.overview',
    power: 'report',
    page: lazy(async () => ({ default: (await import('./overview/overview-page.js')).OverviewPage })),
  },
  {
    path: '/report',
    name: 'nav.report',
    power: 'report',
    page: lazy(async () => ({ default: (await import('./after/report-page.js')).ReportPage })),
  },
  {
    path: '/incidents',
    name: 'nav.incidents',
    power: 'takeCalls',
    page: lazy(async () => ({ default: (await import('./after/incidents-page.js')).IncidentsPage })),
  },
  {
    path: '/incidents/',
    page: lazy(async () => ({ default: (await import('./after/record-page.js')).RecordPage })),
  },
  {
    path: '/replay',
    page: lazy(async () => ({ default: (await import('./after/board-replay-page.js')).BoardReplayPage })),
  },
  {
    path: '/replay/',
    page: lazy(async () => ({ default: (await import('./after/replay-page.js')).ReplayPage })),
  },
  {
    path: '/admin/',
    name: 'nav.admin',
    power: 'seeAdministration',
    page: lazy(async () => ({
      default: (await import('./administration/administration-page.js')).AdministrationPage,
    })),
  },
  {
    path: '/panel/',
    bare: true,
    page: lazy(async () => ({ default: (await import('./screens/panel-page.js')).PanelPage })),
  },
  {
    path: '/wallboard',
    name: 'wallboard.title',
    aside: true,
    bare: true,
    // Fed by a line of its own: the app shows it outside the live board.
    page: () => null,
  },
  {
    path: '/paper/entry',
    page: lazy(async () => ({ default: (await import('./paper/entry-page.js')).EntryPage })),
  },
  {
    path: '/paper',
    name: 'paper.title',
    aside: true,
    power: 'takeCalls',
    page: lazy(async () => ({ default: (await import('./paper/pack-page.js')).PackPage })),
  },
];

export const findRoute = (path: string): Route | undefined =>
  ROUTES.find(
    (route) =>
      path === route.path ||
      (route.path.length > 1 && route.path.endsWith('/') && path.startsWith(route.path)),
  );
