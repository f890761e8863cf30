function showSetAside() {
  if (data.set_aside.length === 0) return;
  byId('set-aside').hidden = false;
  const body = make('tbody');
  const more = inPortions(body, data.set_aside, setAsideRow, 12);
  const head = make('tr', {}, ...['Source', 'Set aside at', 'Restored at', 'Reason'].map(name => make('th', { scope: 'col', textContent: name })));
  byId('set-aside-list').append(make('table', { className: 'failures' }, make('thead', {}, head), body), more);
}

function setAsideRow(entry) {
  return make('tr', {},
    make('th', { scope: 'row' }, hostButton(entry.source)),
    make('td', { className: 'figure', 'data-label': 'at', textContent: clock(entry.at) }),
    make('td', { className: 'figure', 'data-label': 'restored at', textContent: entry.restored === undefined ? 'never' : clock(entry.restored) }),
    make('td', {}, failureText(data.failures[entry.failure])));
}
