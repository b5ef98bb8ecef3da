// The patient's pages.
import { liven } from './forms.js';
import { follow } from './live.js';

liven();
follow();
