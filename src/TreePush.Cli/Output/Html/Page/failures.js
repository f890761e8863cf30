const failed = passages.filter(passage => passage.host.outcome === 'failed');

function showFailures() {
  if (failed.length === 0) return;
  byId('failures').hidden = false;
  byId('failures-title').textContent = count(failed.length, 'host') + ' failed';
  const kinds = new Map();
  for (const { host } of failed) kinds.set(kindOf(data.failures[host.failure]), (kinds.get(kindOf(data.failures[host.failure])) ?? 0) + 1);
  const sorted = [...kinds].sort((a, b) => b[1] - a[1]);
  const group = byId('failure-kinds');
  const chips = [[null, failed.length], ...sorted].map(([kind, n]) => make('button', {
    type: 'button', textContent: `${kind ?? 'all'} ${number(n)}`, onclick: event => choose(kind, event.target),
  }));
  const choose = (kind, pressed) => {
    for (const chip of chips) chip.setAttribute('aria-pressed', String(chip === pressed));
    listFailures(kind);
  };
  if (sorted.length > 1) group.append(...chips);
  choose(null, chips[0]);
}

function listFailures(kind) {
  const body = make('tbody');
  const chosen = failed.filter(({ host }) => kind === null || kindOf(data.failures[host.failure]) === kind);
  const more = inPortions(body, chosen, failureRow, 12);
  const head = make('tr', {}, ...['Host', 'Tried last from', 'Attempts', 'Why'].map(name => make('th', { scope: 'col', textContent: name })));
  byId('failure-list').replaceChildren(make('table', { className: 'failures' }, make('thead', {}, head), body), more);
}

function failureRow({ host, index, to }) {
  return make('tr', {},
    make('th', { scope: 'row' }, hostButton(index)),
    make('td', { 'data-label': 'from' }, hostButton(host.from)),
    make('td', { className: 'figure', 'data-label': 'attempts', textContent: number(to.length) }),
    make('td', {}, failureText(data.failures[host.failure], false, failed.length <= 12)));
}

function showSetAside() {
  if (data.set_aside.length === 0) return;
  byId('set-aside').hidden = false;
  const body = make('tbody');
  const more = inPortions(body, data.set_aside, setAsideRow, 12);
  const head = make('tr', {}, ...['Source', 'At', 'Back at', 'Why'].map(name => make('th', { scope: 'col', textContent: name })));
  byId('set-aside-list').append(make('table', { className: 'failures' }, make('thead', {}, head), body), more);
}

function setAsideRow(entry) {
  return make('tr', {},
    make('th', { scope: 'row' }, hostButton(entry.source)),
    make('td', { className: 'figure', 'data-label': 'at', textContent: clock(entry.at) }),
    make('td', { className: 'figure', 'data-label': 'back at', textContent: entry.restored === undefined ? 'not again' : clock(entry.restored) }),
    make('td', {}, failureText(data.failures[entry.failure])));
}
