// Forms: a draft is saved 3 seconds after the last keystroke, a second click sends nothing, the
// subject counts what is left. Without this script every form works as plain HTML.

const QUIET_MS = 3000;

async function saveDraft(form) {
  const fields = new URLSearchParams(new FormData(form));
  // Alive beyond the page: whoever goes on within 3 seconds finds the text again.
  const answer = await fetch(form.dataset.draft, { method: 'POST', body: fields, redirect: 'manual', keepalive: true });
  if (answer.status === 422) return note(form, await answer.text());
  if (!answer.ok) return;
  const said = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const warning = said.querySelector('[data-warning]');
  warning?.remove();
  warn(form, warning);
  note(form, said.body.textContent.trim());
}

// Whether the draft was saved, or why not.
function note(form, words) {
  const place = form.querySelector('[data-saved]');
  if (place) place.textContent = words;
}

// What to do now for warning words, beside the text; said once while they stay the same.
function warn(form, warning) {
  const place = form.querySelector('[data-warning-place]');
  const shown = place?.querySelector('[data-warning]')?.dataset.warning;
  if (place && shown !== warning?.dataset.warning) place.replaceChildren(...(warning ? [warning] : []));
}

function keepDraft(form) {
  let timer;
  const settle = () => { clearTimeout(timer); timer = null; };
  const save = () => { settle(); saveDraft(form).catch(() => {}); };
  form.addEventListener('input', (event) => {
    if (!event.target.matches('textarea, input:not([type=hidden])')) return;
    settle();
    timer = setTimeout(save, QUIET_MS);
  });
  form.addEventListener('submit', settle);
  addEventListener('pagehide', () => { if (timer) save(); });
}

// The key in the form makes a repeat harmless; this spares the reader the wait.
function sendOnce(form) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = '1';
    event.submitter?.setAttribute('aria-busy', 'true');
  });
  addEventListener('pageshow', () => {
    delete form.dataset.sent;
    form.querySelector('[aria-busy]')?.removeAttribute('aria-busy');
  });
}

function count(field) {
  const place = document.getElementById(field.dataset.counter);
  if (!place) return;
  const tell = () => {
    if (field.value) place.textContent = `${field.maxLength - [...field.value].length} ${place.dataset.words}`;
  };
  field.addEventListener('input', tell);
}

function livenForms(part) {
  part.querySelectorAll('form[data-draft]').forEach(keepDraft);
  part.querySelectorAll('form[data-once]').forEach(sendOnce);
  part.querySelectorAll('[data-counter]').forEach(count);
}

export function liven() {
  livenForms(document);
  document.addEventListener('fresh', (event) => livenForms(event.target));
  // What was done is told once: a reload or a bookmark does not repeat it.
  const address = new URL(location.href);
  if (address.searchParams.has('done')) {
    address.searchParams.delete('done');
    history.replaceState(null, '', address);
  }
}
