// The team's pages.
import { liven } from './forms.js';
import { listen } from './keys.js';
import { follow } from './live.js';

liven();
follow();
listen();
document.querySelector('.entries > :last-child')?.scrollIntoView({ block: 'nearest' });
const told = document.querySelector('[data-live]');
if (told?.firstChild) setTimeout(() => told.replaceChildren(), 8000);
