import { render } from 'preact';
import { startClock } from './state/clock.ts';
import { connect } from './state/live.ts';
import { rememberPreferences } from './state/preferences.ts';
import { followLinks } from './state/route.ts';
import { followAddress } from './state/selection.ts';
import { App } from './views/app.tsx';

const root = document.getElementById('app');
if (root === null) throw new Error('the page has no place for the app');
rememberPreferences();
followLinks();
followAddress();
startClock();
connect();
render(<App />, root);
