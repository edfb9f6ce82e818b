'use strict';
// Follows the journal: every event once and in order, from the position asked for; a pause keeps the place.
(() => {
  const form = document.getElementById('stream-controls');
  const list = document.getElementById('events');
  const count = document.getElementById('event-count');
  const none = document.getElementById('no-events');
  const live = document.getElementById('live');
  const pause = document.getElementById('pause');
  const titles = JSON.parse(list.dataset.titles);
  const most = Number(list.dataset.most);
  let source;
  let last = Number(form.elements.after.value || 0);
  let seen = 0;

  const state = (name) => {
    live.dataset.state = name === 'on' ? 'on' : name === 'lost' ? 'lost' : 'off';
    live.textContent = live.dataset[name];
  };

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const tagLink = (tag) => {
    const link = element('a', 'badge grey', tag);
    link.href = `/records/${encodeURIComponent(tag)}`;
    return link;
  };

  const row = (event) => {
    const item = element('li', 'fresh', '');
    item.dataset.position = event.position;
    item.dataset.type = event.type;
    const place = element('a', 'mono', `#${event.position}`);
    place.href = `/api/events/${event.position}`;
    const what = element('div', 'what', '');
    what.append(element('strong', '', titles[event.type] || event.type), ' ');
    const name = event.data && (event.data.name || event.data.reason);
    if (name) {
      what.append(element('span', '', name), ' ');
    }
    what.append(element('span', 'soft small', [event.actor, event.occurredon].filter(Boolean).join(' · ')));
    const tags = element('div', 'tags chips', '');
    tags.append(...JSON.parse(event.tags || '[]').filter((tag) => !/^(command|unitname|groupname):/.test(tag)).slice(0, 8).map(tagLink));
    const time = element('time', 'soft small', new Date(event.time).toLocaleString(document.documentElement.lang, {hour12: false, timeZone: document.documentElement.dataset.zone, timeZoneName: 'short'}));
    time.dateTime = event.time;
    item.append(place, time, what, tags);
    return item;
  };

  const take = ({data, lastEventId}) => {
    const event = JSON.parse(data);
    last = Number(lastEventId);
    seen += 1;
    none.hidden = true;
    count.textContent = seen;
    list.prepend(row({...event, position: last}));
    while (list.children.length > most) {
      list.lastElementChild.remove();
    }
  };

  const open = () => {
    const query = new URLSearchParams({after: last});
    if (form.elements.type.value) {
      query.append('type', form.elements.type.value);
    }
    if (form.elements.tag.value) {
      query.append('tag', form.elements.tag.value);
    }
    state('waiting');
    source = new EventSource(`/api/events/stream?${query}`);
    source.addEventListener('open', () => state('catching'));
    source.addEventListener('error', () => state('lost'));
    source.addEventListener('caught-up', ({lastEventId}) => {
      last = Math.max(last, Number(lastEventId));
      state('on');
    });
    for (const type of Object.keys(titles)) {
      source.addEventListener(type, take);
    }
  };

  pause.addEventListener('click', () => {
    const paused = pause.getAttribute('aria-pressed') === 'true';
    pause.setAttribute('aria-pressed', String(!paused));
    pause.textContent = paused ? pause.dataset.pause : pause.dataset.resume;
    if (paused) {
      open();
    } else {
      source.close();
      state('paused');
    }
  });
  window.addEventListener('pagehide', () => source && source.close());

  live.hidden = false;
  pause.hidden = false;
  // A stream that begins before the page has loaded would keep it loading.
  if (document.readyState === 'complete') {
    open();
  } else {
    window.addEventListener('load', open);
  }
})();
