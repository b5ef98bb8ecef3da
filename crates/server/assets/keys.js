// Keys for the team: j and k move, Enter opens, r replies, n notes, a assigns, e closes, / searches,
// ? helps. None of them acts while the reader types, none sends anything, and all can be turned off
// (WCAG 2.1.4). Ctrl and Enter together send the text that is being written.

const OFF = 'samechart-keys-off';
const rows = () => [...document.querySelectorAll('[data-list="inbox"] > li > a')];

function move(step) {
  const all = rows();
  if (all.length === 0) return;
  let at = all.indexOf(document.activeElement);
  if (at < 0) at = all.findIndex((row) => row.hasAttribute('aria-current'));
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
  // Where the list is not beside the conversation there is nothing to move in: the next one opens.
  if (next.checkVisibility()) next.focus();
  else if (!next.hasAttribute('aria-current')) location.assign(next.href);
}

function unfold(box, field) {
  const details = document.getElementById(box);
  if (!details) return;
  details.open = true;
  details.querySelector(field)?.focus();
}

function help() {
  const dialog = document.getElementById('keys');
  if (dialog.open) dialog.close();
  else dialog.showModal();
}

const ACTS = {
  j: () => move(1),
  k: () => move(-1),
  r: () => (document.getElementById('reason') ? document.getElementById('reason').focus() : unfold('reply-box', 'textarea')),
  n: () => unfold('note-box', 'textarea'),
  a: () => document.getElementById('assign-to')?.focus(),
  e: () => unfold('close-box', 'select'),
  c: () => document.querySelector('[data-copy]')?.click(),
  '/': () => document.querySelector('[data-key="/"]')?.click(),
  '?': help,
};

function actOf(key) {
  if (/^[1-9]$/.test(key)) return () => document.querySelectorAll('[data-quick]')[Number(key) - 1]?.click();
  return ACTS[key];
}

function whileTyping(event, field) {
  if (event.key === 'Escape') field.blur();
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  const send = field.form?.querySelector('[data-send]');
  if (!send || !field.matches('textarea')) return;
  event.preventDefault();
  field.form.requestSubmit(send);
}

function pressed(event) {
  const field = event.target.closest('input, textarea, select, [contenteditable]');
  if (field) return whileTyping(event, field);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape' && location.hash === '#chart') location.hash = 'conversation';
  const isHelp = event.key === '?' || document.getElementById('keys').open;
  if (localStorage.getItem(OFF) && !isHelp) return;
  const act = document.getElementById('keys').open && event.key !== '?' ? null : actOf(event.key);
  if (!act) return;
  event.preventDefault();
  act();
}

export function listen() {
  for (const opener of document.querySelectorAll('[data-open=keys]')) {
    opener.hidden = false;
    opener.addEventListener('click', help);
  }
  document.querySelector('[data-dismiss=keys]')?.addEventListener('click', help);
  const toggle = document.querySelector('[data-keys-on]');
  toggle.checked = !localStorage.getItem(OFF);
  toggle.addEventListener('change', () => {
    if (toggle.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, '1');
  });
  document.addEventListener('keydown', pressed);
}
