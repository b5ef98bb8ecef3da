// Keys for the team: j and k move, Enter opens, r replies, n notes, e closes, / searches, ? helps.
// None of them acts while the reader types, and none sends anything.

const rows = () => [...document.querySelectorAll('[data-list="inbox"] > li > a')];

function move(step) {
  const all = rows();
  if (all.length === 0) return;
  let at = all.indexOf(document.activeElement);
  if (at < 0) at = all.findIndex((row) => row.hasAttribute('aria-current'));
  const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1);
  all[next].focus();
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
  r: () => document.getElementById('body')?.focus(),
  n: () => unfold('note-box', 'textarea'),
  e: () => unfold('close-box', 'select'),
  '/': () => document.querySelector('[data-key="/"]')?.click(),
  '?': help,
};

export function listen() {
  for (const opener of document.querySelectorAll('.needs-script')) {
    opener.hidden = false;
    opener.addEventListener('click', help);
  }
  document.querySelector('[data-dismiss]')?.addEventListener('click', help);
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest('input, textarea, select, [contenteditable]');
    if (typing) {
      if (event.key === 'Escape') typing.blur();
      return;
    }
    const act = ACTS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
