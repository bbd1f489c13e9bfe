import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { recall } from '@/lib/keep';
import { pageRoutes } from '@/lib/modules';
import { parseSearch, stringifySearch } from '@/lib/nav';
import { NoSuchPage } from '@/ui/NoSuchPage';
import { PageError } from './PageError';
import { Shell } from './Shell';

/** The same addresses work in the window (wails://wails/#/company) and in a browser. */
export function makeRouter() {
  const root = createRootRoute({ component: Shell, notFoundComponent: NoSuchPage, errorComponent: PageError });
  const routes = [
    createRoute({
      getParentRoute: () => root,
      path: '/',
      beforeLoad: () => {
        throw redirect({ href: recall('home', '/today'), replace: true });
      },
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/search',
      component: lazyRouteComponent(() => import('./SearchPage'), 'SearchPage'),
    }),
    ...pageRoutes().map(({ path, load }) =>
      createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load, 'Page') }),
    ),
    createRoute({
      getParentRoute: () => root,
      path: '/$kind',
      component: lazyRouteComponent(() => import('@/ui/list/RecordListPage'), 'RecordListPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/$kind/$id',
      component: lazyRouteComponent(() => import('@/ui/record/RecordPage'), 'RecordPage'),
    }),
  ];
  return createRouter({
    routeTree: root.addChildren(routes),
    history: createHashHistory(),
    parseSearch,
    stringifySearch,
    defaultPreload: false,
    defaultPendingMs: 300,
  });
}
