/*
 * Keeps the console's own files, so that it opens while the server is away. Nothing of the API is ever kept here.
 * A page comes from the server while that answers; the files it names never change, so they come from here. The files
 * of the version before are kept too, for windows that have been open since.
 */
const VERSION = '__VERSION__';
const FILES = __FILES__;
const PREFIX = 'lamplight-files-';
const CACHE = PREFIX + VERSION;
/** A server that has not answered by then is taken to be away. */
const PATIENCE_MS = 4000;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(['/', ...FILES]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => {
        const ours = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
        return Promise.all(ours.slice(0, -1).map((name) => caches.delete(name)));
      })
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (url.pathname.startsWith('/assets/') || url.pathname === '/favicon.svg')
    event.respondWith(file(request));
});

async function page(request) {
  const kept = () => caches.open(CACHE).then((cache) => cache.match('/'));
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    // A proxy before a server that is away answers in its place.
    return answer.status >= 500 ? ((await kept()) ?? answer) : answer;
  } catch (error) {
    const page = await kept();
    if (page) return page;
    throw error;
  }
}

async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}
