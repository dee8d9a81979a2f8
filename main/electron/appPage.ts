import { protocol } from 'electron';
import { readAsset, rendererFolder } from '../server/assets.ts';
import { securityHeaders } from '../server/securityHeaders.ts';

/** The renderer has an origin of its own, app://etalon: unlike file:// it can be given headers, and reads nothing beside it. */
export const appUrl = 'app://etalon/';

export function isAppUrl(url: string): boolean {
  return URL.canParse(url) && new URL(url).href.startsWith(appUrl);
}

/** Before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Once the app is ready. */
export function serveAppPage(): void {
  protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    const asset = isAppUrl(url.href) && request.method === 'GET' ? await readAsset(rendererFolder(), url.pathname) : null;
    if (asset === null) return new Response('There is no such file.', { status: 404, headers: securityHeaders() });
    return new Response(asset.bytes, { headers: { ...securityHeaders(), 'Content-Type': asset.mediaType } });
  });
}
