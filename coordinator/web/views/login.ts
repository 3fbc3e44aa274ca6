import type { Status } from '../../../shared/protocol/status.ts';
import { type Html, html } from '../html.ts';
import { command, page, type View } from './layout.ts';

const getLink = html`<p>On the coordinator’s host, run this and open the link that it prints:</p>
${command('sudo muster login')}
<p class="quiet">The link is good for ten minutes and for one sign-in.</p>`;

/** For everyone without a session. */
export function loginPage(): Html {
  return notice('Sign in', html`<h1>Sign in</h1>${getLink}`);
}

/** The link from `muster login` leads here; the button spends the code. */
export function signInPage(code: string): Html {
  return notice(
    'Sign in',
    html`<h1>Sign in</h1>
<p>Shows the cluster on this browser for twelve hours.</p>
<form method="post" action="/login"><input type="hidden" name="code" value="${code}"><button>Sign in</button></form>`,
  );
}

/** For a code that was never given out, has been used or has expired: which one is nobody's business. */
export function refusedPage(): Html {
  return notice('Not signed in', html`<h1>This link does not sign in any more</h1>${getLink}`);
}

/** For a host that is not in the plan. */
export function notFoundView({ cluster, hosts }: Status): View {
  return {
    title: `Not found · ${cluster.name}`,
    main: html`<main id="main" class="narrow"><h1>No such host</h1>
<p>The plan has these: ${hosts.map(({ name }, index) => html`${index > 0 && ', '}<a href="/hosts/${name}">${name}</a>`)}.</p></main>`,
  };
}

function notice(title: string, content: Html): Html {
  return page({ title: `${title} · muster`, main: html`<main id="main" class="narrow">${content}</main>` });
}
