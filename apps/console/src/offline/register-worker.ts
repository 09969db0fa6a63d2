/**
 * Has the browser keep the console's files. Only where pages are secure (HTTPS, or this machine itself): elsewhere
 * browsers offer no such thing, and the console opens only while the server answers.
 */
export function registerWorker(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  window.addEventListener('load', () => {
    navigator.serviceWorker.register('/sw.js').catch((error: unknown) => {
      console.warn('the console is not kept for when the server is away:', error);
    });
  });
}
