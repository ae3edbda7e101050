/**
 * A script that isolates a page across origins where its host cannot send the headers for that, so that the page gets
 * threads: `<script src="isolate.js"></script>`. The page registers the same file as its service worker, which adds the
 * headers to every answer, and loads itself once more. Files of other origins then need CORS or CORP headers of theirs.
 */
interface Page {
  readonly crossOriginIsolated: boolean;
  readonly document: { readonly currentScript: { readonly src: string } };
  readonly location: { reload(): void };
  readonly navigator: {
    readonly serviceWorker?: {
      readonly controller: unknown;
      register(url: string): Promise<unknown>;
      addEventListener(event: 'controllerchange', listener: () => void): void;
    };
  };
}

interface Waiting {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface ServiceWorker {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(event: 'install' | 'activate', listener: (event: Waiting) => void): void;
  addEventListener(event: 'fetch', listener: (event: Fetching) => void): void;
}

function isolate({ crossOriginIsolated, document, location, navigator: { serviceWorker } }: Page): void {
  // A page that the worker serves and that is not isolated all the same will not be.
  if (crossOriginIsolated || !serviceWorker || serviceWorker.controller) return;
  serviceWorker.addEventListener('controllerchange', () => location.reload());
  serviceWorker
    .register(document.currentScript.src)
    .catch((error: Error) => console.warn(`isolate.js: no threads: ${error.message}`));
}

function serve(worker: ServiceWorker): void {
  worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
  worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
  worker.addEventListener('fetch', (event) => {
    const { cache, mode } = event.request;
    // Developer tools make such requests, which nobody but they may send.
    if (cache === 'only-if-cached' && mode !== 'same-origin') return;
    event.respondWith(answer(event.request));
  });
}

async function answer(request: Request): Promise<Response> {
  const response = await fetch(request);
  const { status, statusText } = response;
  // An answer that the page may not read cannot be changed.
  if (status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  // Answers that have no body refuse to be given one.
  const body = [204, 205, 304].includes(status) ? null : response.body;
  return new Response(body, { status, statusText, headers });
}

if ('document' in globalThis) isolate(globalThis as unknown as Page);
else serve(globalThis as unknown as ServiceWorker);
