/** The tree as text. Each branch is made when it is opened. */
function showOutline() {
  const list = make('ul');
  byId('outline-view').append(list);
  const more = inPortions(list, roots, root => branch(root), 100);
  byId('outline-view').append(more);
  // As many branches as fit on a screen are open at first, the largest ones.
  let [room, closed] = [60, [...list.querySelectorAll('details')]];
  while (closed.length > 0) {
    closed.sort((a, b) => below[b.host] - below[a.host]);
    const next = closed.shift();
    if (children[next.host].length > room) continue;
    room -= children[next.host].length;
    next.fill();
    next.open = true;
    closed.push(...next.querySelectorAll(':scope > ul > li > details'));
  }
}

function branch(index) {
  if (children[index].length === 0) return make('li', { className: 'leaf' }, line(index));
  const details = make('details', {}, make('summary', {}, line(index)));
  details.host = index;
  details.fill = () => {
    if (details.filled) return;
    details.filled = true;
    const list = make('ul');
    const more = inPortions(list, children[index], branch, 100);
    details.append(list, more);
  };
  details.addEventListener('toggle', details.fill);
  return make('li', {}, details);
}

function line(index) {
  const [host, passage] = [hosts[index], passages[index]];
  const said = host.outcome === 'served' ? `at ${clock(passage.ended)}, took ${duration(passage.took)}`
    : host.outcome === 'failed' ? shorten(messageOf(data.failures[host.failure]), 120) : outcomes[host.outcome];
  const row = make('span', { className: `line ${host.outcome}` }, hostButton(index), make('span', { className: 'said', textContent: said }));
  if (passage.to.length > 1) row.append(make('span', { className: 'badge warned', textContent: count(passage.to.length, 'attempt') }));
  if (below[index] > 0) row.append(make('span', { className: 'badge', textContent: `${number(below[index])} below` }));
  return row;
}

/** Shows the hosts whose name contains the text, each with the path to it. */
function find(text) {
  const wanted = text.trim().toLowerCase();
  const results = byId('found');
  results.replaceChildren();
  if (wanted === '') return;
  const matches = hosts.flatMap((host, index) => (host.name.toLowerCase().includes(wanted) ? [index] : []));
  results.append(make('p', { className: 'count', textContent: matches.length === 0 ? 'no such host' : count(matches.length, 'host') }));
  const list = make('ul');
  for (const match of matches.slice(0, 12)) {
    const steps = make('ol', { className: 'steps' });
    for (const step of wayTo(match)) steps.append(make('li', {}, hostButton(step)));
    list.append(make('li', {}, steps, hosts[match].from === undefined ? make('span', { className: 'said', textContent: outcomes[hosts[match].outcome] }) : null));
  }
  results.append(list);
}
