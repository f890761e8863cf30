const failed = passages.filter(passage => passage.host.outcome === 'failed');

/** @param tries the heading of the column that counts attempts */
function showFailures(tries) {
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
    listFailures(kind, tries);
  };
  if (sorted.length > 1) group.append(...chips);
  choose(null, chips[0]);
}

function listFailures(kind, tries) {
  const body = make('tbody');
  const chosen = failed.filter(({ host }) => kind === null || kindOf(data.failures[host.failure]) === kind);
  const more = inPortions(body, chosen, failureRow, 12);
  const head = make('tr', {}, ...['Host', 'Last tried from', tries, 'Reason'].map(name => make('th', { scope: 'col', textContent: name })));
  byId('failure-list').replaceChildren(make('table', { className: 'failures' }, make('thead', {}, head), body), more);
}

function failureRow({ host, index, to }) {
  return make('tr', {},
    make('th', { scope: 'row' }, hostButton(index)),
    make('td', { 'data-label': 'from' }, host.from === undefined ? null : hostButton(host.from)),
    make('td', { className: 'figure', 'data-label': 'tries', textContent: number(to.length) }),
    make('td', {}, failureText(data.failures[host.failure], false, failed.length <= 12)));
}
