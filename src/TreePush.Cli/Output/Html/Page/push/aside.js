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
