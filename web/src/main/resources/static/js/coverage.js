'use strict';
// The coverage map: the picture, the time slider and the live updates. The tables come from the server, whole.
(() => {
  const form = document.getElementById('controls');
  if (!form) {
    return;
  }
  const DAY = 86_400_000;
  const STEP_MILLIS = 1_500;
  const LABEL_PIXELS = 84;
  const asOf = form.elements.asOf;
  const slider = document.getElementById('slider');
  const output = document.getElementById('slider-day');
  const marks = document.getElementById('marks');
  const play = document.getElementById('play');
  const live = document.getElementById('live');

  const dayOf = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
  const textOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  const view = () => document.getElementById('coverage');
  const changes = () => (view().dataset.changes || '').split(',').filter(Boolean).map(dayOf);

  // ---- The picture, drawn from the table behind it

  const TONES = {
    'heat-1': '#e3edf6', 'heat-2': '#c6dbee', 'heat-3': '#9dc2e2', 'heat-4': '#2f6ea5', 'heat-5': '#1f4e79',
    'blind-1': '#fbeae7', 'blind-2': '#f5cdc6', 'blind-3': '#eba99d', 'blind-4': '#b5483a', 'blind-5': '#9c2f22',
  };
  const DARK = new Set(['heat-4', 'heat-5', 'blind-4', 'blind-5']);
  const INK = '#1c2733';
  let chart;

  const cell = (td, x, y) => {
    const units = Number(td.dataset.units);
    const tone = TONES[td.className];
    return {
      value: [x, y, units],
      itemStyle: {color: tone || '#ffffff', borderColor: '#d5dce3', borderWidth: 1},
      label: {show: units > 0, color: DARK.has(td.className) ? '#ffffff' : INK},
    };
  };

  const HEAD_GAP = 10;
  const longestWord = (texts, font) => {
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = font;
    return Math.ceil(Math.max(...texts.flatMap((text) => text.split(' ')).map((word) => pen.measureText(word).width)));
  };

  const draw = () => {
    const picture = document.getElementById('heatmap');
    const table = document.getElementById('matrix-table');
    if (chart) {
      chart.dispose();
      chart = undefined;
    }
    if (!picture || !table || !window.echarts) {
      return;
    }
    const columns = [...table.tHead.rows[0].cells].slice(1, -1).map((th) => th.textContent);
    const rows = [...table.tBodies[0].rows];
    if (rows.length === 0) {
      return;
    }
    picture.hidden = false;
    picture.parentElement.hidden = false;
    picture.style.height = `${Math.max(200, rows.length * 44 + 110)}px`;
    const details = document.getElementById('matrix-details');
    if (!opened) {
      details.open = false;
    }
    details.addEventListener('toggle', () => { opened = details.open; });
    const narrow = picture.parentElement.clientWidth < 520;
    const font = window.getComputedStyle(document.body).fontFamily;
    // Heads stand upright and break between words: a column is never narrower than its longest word. What does not fit
    // the screen is scrolled to.
    const fontSize = narrow ? 12 : 13;
    const rowHead = narrow ? 100 : 150;
    const longest = longestWord(columns, `${fontSize}px ${font}`);
    picture.style.minWidth = `${rowHead + columns.length * (longest + HEAD_GAP) + 24}px`;
    const columnWidth = (picture.clientWidth - rowHead - 24) / columns.length - HEAD_GAP;
    const axis = {
      type: 'category', splitArea: {show: false}, axisTick: {show: false}, axisLine: {show: false},
      axisLabel: {color: INK, fontFamily: font, fontSize, interval: 0, overflow: 'break'},
    };
    chart = window.echarts.init(picture, null, {renderer: 'canvas'});
    chart.setOption({
      animation: false,
      textStyle: {fontFamily: font},
      // Rich text: a tooltip of HTML would need inline styles, which the content security policy refuses.
      tooltip: {
        renderMode: 'richText', confine: true,
        formatter: ({value}) => `${rows[value[1]].cells[0].textContent} × ${columns[value[0]]}: ${value[2]} ${picture.dataset.units}`,
      },
      grid: {left: 4, right: 8, top: 4, bottom: 4, containLabel: true},
      xAxis: {...axis, data: columns, position: 'top', axisLabel: {...axis.axisLabel, width: columnWidth}},
      yAxis: {...axis, inverse: true, data: rows.map((row) => row.cells[0].textContent), axisLabel: {...axis.axisLabel, width: rowHead}},
      series: [{
        type: 'heatmap',
        label: {show: true, fontSize: 14, fontWeight: 600},
        emphasis: {itemStyle: {borderColor: INK, borderWidth: 2}},
        data: rows.flatMap((row, y) => [...row.cells].slice(1, -1).map((td, x) => cell(td, x, y))),
      }],
      // The heat map asks for a visual map; the colours are those of the table.
      visualMap: {show: false, min: 0, max: 1, dimension: 2, inRange: {}},
    });
  };
  let opened = false;

  // ---- The time slider

  const showDay = () => {
    const day = dayOf(asOf.value);
    if (Number.isNaN(day)) {
      return;
    }
    slider.min = Math.min(Number(slider.min), day);
    slider.max = Math.max(Number(slider.max), day);
    slider.value = day;
    slider.setAttribute('aria-valuetext', asOf.value);
    output.textContent = asOf.value;
  };

  const mark = (day, left, labelled) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = textOf(day);
    button.title = `${marks.dataset.label} ${textOf(day)}`;
    button.setAttribute('aria-label', button.title);
    button.classList.toggle('tick', !labelled);
    button.style.left = `${left * 100}%`;
    button.addEventListener('click', () => goTo(day));
    return button;
  };

  const layOut = () => {
    const days = changes();
    const today = dayOf(form.dataset.today);
    const day = dayOf(asOf.value);
    const low = Math.min(...days, today, day) - 90;
    const high = Math.max(...days, today, day);
    slider.min = low;
    slider.max = high;
    showDay();
    const width = marks.clientWidth || 300;
    let last = -Infinity;
    marks.replaceChildren(...days.map((each) => {
      const left = (each - low) / (high - low || 1);
      const labelled = left * width - last > LABEL_PIXELS;
      last = labelled ? left * width : last;
      return mark(each, left, labelled);
    }));
  };

  const refresh = () => window.htmx.trigger(form, 'refresh');

  const goTo = (day) => {
    asOf.value = textOf(day);
    showDay();
    refresh();
    follow();
  };

  const nextChange = () => changes().find((day) => day > dayOf(asOf.value));
  const previousChange = () => changes().filter((day) => day < dayOf(asOf.value)).pop();

  let playing;
  const stop = () => {
    window.clearInterval(playing);
    playing = undefined;
    play.setAttribute('aria-pressed', 'false');
    play.textContent = play.dataset.play;
  };
  const step = () => {
    const next = nextChange();
    if (next === undefined) {
      stop();
    } else {
      goTo(next);
    }
  };
  const start = () => {
    play.setAttribute('aria-pressed', 'true');
    play.textContent = play.dataset.pause;
    if (nextChange() === undefined && changes().length > 0) {
      goTo(changes()[0] - 1);
    }
    playing = window.setInterval(step, STEP_MILLIS);
  };

  play.addEventListener('click', () => (playing ? stop() : start()));
  document.getElementById('next').addEventListener('click', () => { stop(); step(); });
  document.getElementById('previous').addEventListener('click', () => {
    stop();
    const previous = previousChange();
    if (previous !== undefined) {
      goTo(previous);
    }
  });
  slider.addEventListener('input', () => {
    stop();
    asOf.value = textOf(Number(slider.value));
    slider.setAttribute('aria-valuetext', asOf.value);
    output.textContent = asOf.value;
  });
  form.addEventListener('change', ({target}) => {
    if (target === asOf && asOf.value) {
      showDay();
    }
    // A position and an instant at once would be two answers.
    if (target.name === 'knownAt' && target.value) {
      form.elements.knownTime.value = '';
    } else if (target.name === 'knownTime' && target.value) {
      form.elements.knownAt.value = '';
    }
    follow();
  });

  // ---- Live updates: the stream says that something has changed, the page asks for its part again

  let source;
  let followed;
  const state = (name) => {
    live.dataset.state = name;
    live.textContent = live.dataset[name];
  };
  const changed = ({lastEventId}) => {
    if (Number(lastEventId) > Number(view().dataset.position)) {
      refresh();
      window.announce(live.dataset.updated);
    }
  };
  const follow = () => {
    const known = form.elements.knownAt.value || form.elements.knownTime.value;
    const query = new URLSearchParams({organ: form.elements.organ.value, asOf: asOf.value});
    const wanted = known || !asOf.value ? '' : `/api/views/coverage-map/stream?${query}`;
    if (wanted === followed) {
      return;
    }
    followed = wanted;
    if (source) {
      source.close();
    }
    if (!wanted) {
      state('off');
      return;
    }
    source = new EventSource(wanted);
    source.addEventListener('open', () => state('on'));
    source.addEventListener('error', () => state('lost'));
    source.addEventListener('snapshot', changed);
    source.addEventListener('update', changed);
  };

  document.addEventListener('htmx:afterSettle', ({detail}) => {
    if (detail.elt.id === 'coverage') {
      layOut();
      draw();
      window.announce(view().dataset.summary || '');
    }
  });
  let resizing;
  window.addEventListener('resize', () => {
    window.clearTimeout(resizing);
    resizing = window.setTimeout(() => { layOut(); draw(); }, 150);
  });
  window.addEventListener('pagehide', () => source && source.close());
  window.addEventListener('pageshow', ({persisted}) => {
    if (persisted) {
      followed = undefined;
      follow();
    }
  });

  document.getElementById('timeline').hidden = false;
  live.hidden = false;
  layOut();
  draw();
  // A stream that begins before the page has loaded would keep it loading.
  if (document.readyState === 'complete') {
    follow();
  } else {
    window.addEventListener('load', follow);
  }
})();
