import type { RequestHandler } from 'express';
import { type Access, checkOrigin } from './access.ts';

/**
 * For the pages that a person opens. With the token in the address: sets the cookies and leads to the same address
 * without it, so that it stays out of the history. Without any credential: asks for the token.
 */
export function loginForPages(access: Access): RequestHandler {
  return (request, response, next) => {
    const credential = access.credentialOf(request);
    if (credential === undefined) {
      const wrong = request.query.token !== undefined;
      response.status(403).set('Cache-Control', 'no-store').type('html').send(askForToken(request.path, wrong));
      return;
    }
    checkOrigin(request);
    response.set('Cache-Control', 'no-store').append('Set-Cookie', access.cookiesFor(request));
    if (request.query.token === undefined) {
      next();
      return;
    }
    const address = new URL(request.originalUrl, 'http://localhost');
    address.searchParams.delete('token');
    response.redirect(302, sameServer(address));
  };
}

/** Path and query only, and never `//host`, which a browser reads as another server. */
function sameServer({ pathname, search }: URL): string {
  return `${pathname.replace(/^\/+/, '/')}${search}`;
}

function askForToken(path: string, wrong: boolean): string {
  const action = path.replace(/^\/+/, '/').replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>The lab asks for its token</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 15vh auto; padding: 0 1rem; color: #222; }
input, button { font: inherit; padding: .4rem .6rem; } input { width: 100%; box-sizing: border-box; margin: .5rem 0; }
.wrong { color: #b00020; }
@media (prefers-color-scheme: dark) { body { background: #111; color: #ddd; } .wrong { color: #ff8a80; } }
</style></head><body>
<h1>Token</h1>
${wrong ? '<p class="wrong">This token is not the right one. Each start of the lab has a new one.</p>' : ''}
<p>Open the address that was printed when the lab started, or paste its token here.</p>
<form method="get" action="${action}"><input name="token" type="password" autocomplete="off" aria-label="Token" autofocus required>
<button>Open the lab</button></form>
</body></html>
`;
}
