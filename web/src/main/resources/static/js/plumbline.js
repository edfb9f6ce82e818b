'use strict';
// What every page needs: filters of tables, focus after a swap, names beside picked ids. All pages work without it.
(() => {
  const announcer = document.getElementById('announcer');

  /** Tells screen readers of a change; the same text again is told again. */
  window.announce = (text) => {
    announcer.textContent = '';
    window.setTimeout(() => { announcer.textContent = text; }, 50);
  };

  const rowsOf = (input) => document.querySelectorAll(`#${input.dataset.filter} tbody tr`);

  const applyFilter = (input) => {
    const wanted = input.value.trim().toLowerCase();
    for (const row of rowsOf(input)) {
      row.hidden = wanted !== '' && !row.textContent.toLowerCase().includes(wanted);
    }
  };

  const filters = new Map();

  const enhance = () => {
    for (const element of document.querySelectorAll('.no-script')) {
      element.hidden = true;
    }
    for (const input of document.querySelectorAll('[data-filter]')) {
      input.closest('.filter').hidden = false;
      input.value = filters.get(input.dataset.filter) ?? input.value;
      applyFilter(input);
    }
    document.querySelectorAll('[data-picker]').forEach(showName);
  };

  // The name of a picked id, under the field.
  const showName = (input) => {
    const list = input.list;
    const option = list && [...list.options].find((each) => each.value === input.value.trim());
    let name = input.parentElement.querySelector('.picked');
    if (!name) {
      name = document.createElement('span');
      name.className = 'hint picked';
      input.insertAdjacentElement('afterend', name);
    }
    name.textContent = option ? option.textContent : '';
  };

  let asking;
  const askOptions = (input) => {
    if (!input.list || !('more' in input.list.dataset)) {
      return;
    }
    window.clearTimeout(asking);
    asking = window.setTimeout(async () => {
      const query = new URLSearchParams({kind: input.dataset.picker, q: input.value});
      const answer = await fetch(`/record/options?${query}`, {headers: {Accept: 'application/json'}});
      if (answer.ok) {
        input.list.replaceChildren(...(await answer.json()).map(({value, label}) => {
          const option = document.createElement('option');
          option.value = value;
          option.textContent = label;
          return option;
        }));
        showName(input);
      }
    }, 200);
  };

  document.addEventListener('input', ({target}) => {
    if (target.matches('[data-filter]')) {
      filters.set(target.dataset.filter, target.value);
      applyFilter(target);
    } else if (target.matches('[data-picker]')) {
      showName(target);
      askOptions(target);
    }
  });

  document.addEventListener('htmx:afterSettle', ({detail}) => {
    document.getElementById('failure').hidden = true;
    enhance();
    const focus = detail.elt.dataset && detail.elt.dataset.focus;
    const element = focus && document.getElementById(focus);
    if (element) {
      element.focus();
    }
  });
  for (const failure of ['htmx:sendError', 'htmx:responseError']) {
    document.addEventListener(failure, () => {
      const shown = document.getElementById('failure');
      shown.textContent = document.body.dataset.failed;
      shown.hidden = false;
    });
  }

  enhance();
  const first = document.querySelector('[data-autofocus]') || document.querySelector('#summary');
  if (first) {
    first.focus();
  }
})();
