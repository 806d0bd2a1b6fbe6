// What makes the pages live. Without it they show the same, until they are loaded again.
'use strict';

const trouble = document.getElementById('trouble');
const SLOW = 4000; // milliseconds after which somebody who looks wonders

// Parts that ask for themselves anew, as long as somebody can see them.
function live() {
  const now = Date.now();
  for (const part of document.querySelectorAll('[data-live]')) {
    const due = Number(part.dataset.due || now + part.dataset.live * 1000);
    const inUse = part.contains(document.activeElement) && document.activeElement !== document.body;
    if (now >= due && !inUse && !part.querySelector('details[open], [data-ended]')) {
      part.dataset.due = now + part.dataset.live * 1000;
      htmx.trigger(part, 'refresh');
    } else if (!part.dataset.due) {
      part.dataset.due = due;
    }
  }
}
setInterval(() => { if (!document.hidden) live(); }, 500);

// What is wrong with which part, until that part is there again; said once, however often it is asked for.
const troubles = new Map();
const slow = new Map();
function say(part, text) {
  if (text) troubles.set(part, text); else troubles.delete(part);
  for (const each of troubles.keys()) {
    if (!document.contains(each)) troubles.delete(each);
  }
  const all = [...new Set(troubles.values())].join(' ');
  if (trouble.textContent !== all) trouble.textContent = all;
  trouble.hidden = all === '';
}
function old(part) {
  return part.closest('[data-live]') ? ' This page shows what it knew last, and asks again by itself.' : ' Try again.';
}
function answered(event) {
  clearTimeout(slow.get(event.detail.xhr));
  slow.delete(event.detail.xhr);
}
document.addEventListener('htmx:beforeSend', event => {
  const { xhr, elt } = event.detail;
  slow.set(xhr, setTimeout(() => say(elt, 'The service is slow; its answer is waited for.'), SLOW));
});
document.addEventListener('htmx:afterRequest', answered);
document.addEventListener('htmx:sendError', event => say(event.detail.elt, 'The service does not answer.' + old(event.detail.elt)));
document.addEventListener('htmx:timeout', event => say(event.detail.elt, 'The service is too slow to answer.' + old(event.detail.elt)));
document.addEventListener('htmx:responseError', event => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, 'text/html');
  const why = page.querySelector('[role=alert]:not(#trouble)');
  say(event.detail.elt, (why ? why.textContent : 'The service answered ' + event.detail.xhr.status) + '.' + old(event.detail.elt));
});
document.addEventListener('htmx:afterOnLoad', event => { if (event.detail.successful !== false) say(event.detail.elt, ''); });

// Rows that were not there before are shown as new, and told to whoever listens.
let rows = ids(document);
function ids(where) {
  return new Set([...where.querySelectorAll('[data-row]')].map(row => row.dataset.row));
}
document.addEventListener('htmx:afterSwap', event => {
  const news = event.detail.target.dataset.news;
  if (news) {
    const fresh = [...event.detail.target.querySelectorAll('[data-row]')].filter(row => !rows.has(row.dataset.row));
    fresh.forEach(row => row.classList.add('new'));
    if (fresh.length > 0) document.getElementById(news).textContent = fresh.length + ' new events';
    rows = ids(document);
  }
  plots(event.detail.target);
});

// Bars over time.
const drawn = new Map();
function plots(where) {
  for (const [place, plot] of drawn) {
    if (!document.contains(place)) { plot.destroy(); drawn.delete(place); }
  }
  for (const place of where.querySelectorAll('[data-plot]')) draw(place);
}
function draw(place) {
  const { times, series } = JSON.parse(place.dataset.plot);
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue('--' + name).trim();
  // Each series stands on the ones before it, so the highest is drawn first.
  const stacked = series.map((each, i) => times.map((_, at) => each.values[at] === 0 ? null
      : series.slice(0, i + 1).reduce((sum, one) => sum + one.values[at], 0)));
  const axis = { stroke: colour('soft'), grid: { stroke: colour('line'), width: 1 }, ticks: { stroke: colour('line'), width: 1 } };
  const options = {
    width: Math.max(place.clientWidth, 240), height: place.clientHeight, legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } }, tzDate: time => uPlot.tzDate(new Date(time * 1e3), 'Etc/UTC'),
    scales: { y: { range: (_, low, high) => [0, Math.max(high * 1.08, 1.08)] }, x: { range: (_, low, high) => [low - step(times) / 2, high + step(times) / 2] } },
    axes: [{ ...axis, size: 30, values: (_, all, __, ___, apart) => all.map(time => moment(time, apart)) }, { ...axis, size: 52, values: (_, all) => all.map(value => Number.isInteger(value) ? value.toLocaleString('en') : '') }],
    series: [{}, ...series.map((each, i) => ({ label: each.label, stroke: colour('plot-' + each.kind), fill: colour('plot-' + each.kind), width: 0,
      paths: uPlot.paths.bars({ size: [0.8, 40] }), points: { show: false } })).reverse()],
    hooks: { setCursor: [plot => hint(place, plot, times, series)] },
  };
  if (drawn.has(place)) drawn.get(place).destroy();
  drawn.set(place, new uPlot(options, [times, ...stacked.reverse()], place));
}
function moment(time, apart) {
  const iso = new Date(time * 1000).toISOString();
  return apart < 86400 ? iso.slice(11, 16) : iso.slice(5, 10);
}
function step(times) {
  return times.length > 1 ? times[1] - times[0] : 60;
}
function hint(place, plot, times, series) {
  const at = plot.cursor.idx;
  place.title = at == null ? '' : new Date(times[at] * 1000).toISOString().replace('T', ' ').slice(0, 16) + ' UTC\n'
      + series.map(each => each.label + ': ' + each.values[at]).join('\n');
}
function again() {
  for (const place of [...drawn.keys()]) draw(place);
}
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
let later;
addEventListener('resize', () => { clearTimeout(later); later = setTimeout(again, 200); });
plots(document);

// Over plain http browsers offer the clipboard on this machine only; elsewhere what is selected can be copied, and stays selected.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text.textContent);
    return 'Copied';
  } catch {
    getSelection().selectAllChildren(text);
    return document.execCommand('copy') ? 'Copied' : 'Press Ctrl+C';
  }
}

// Forms.
document.addEventListener('click', event => {
  const copy = event.target.closest('[data-copy]');
  if (copy) copied(document.getElementById(copy.dataset.copy)).then(how => {
    copy.dataset.label ??= copy.innerHTML;
    copy.textContent = how;
    setTimeout(() => { copy.innerHTML = copy.dataset.label; }, 3000);
  });
  const tick = event.target.closest('[data-tick]');
  if (tick) {
    tick.closest('fieldset').querySelectorAll('input[type=checkbox]').forEach(box => { box.checked = tick.dataset.tick === 'all'; });
    tick.closest('form').dispatchEvent(new Event('change', { bubbles: true }));
  }
});
function shown(form) {
  const polls = !form.elements['event.vendor.type'].value.startsWith('webhook');
  form.querySelectorAll('[data-polling]').forEach(each => { each.hidden = !polls; });
  const boxes = [...form.querySelectorAll('input[name="event.poller.urls"]')];
  form.querySelectorAll('[data-ticked]').forEach(each => { each.textContent = boxes.filter(box => box.checked).length + ' of ' + boxes.length; });
  const json = form.querySelector('[data-json]');
  if (json && json.open) htmx.trigger(json.querySelector('[hx-post]'), 'refresh');
}
for (const form of document.querySelectorAll('[data-form]')) {
  form.addEventListener('change', () => shown(form));
  form.querySelectorAll('[data-json]').forEach(each => each.addEventListener('toggle', () => shown(form)));
  shown(form);
}
const fault = document.getElementById('fault');
if (fault) fault.scrollIntoView({ block: 'center' });
