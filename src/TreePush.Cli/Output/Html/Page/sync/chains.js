/** The children of each host: the hosts that received from it last. */
const children = hosts.map(() => []);
hosts.forEach((host, index) => {
  if (host.from !== undefined && host.from !== index) children[host.from].push(index);
});
for (const list of children) list.sort((a, b) => (passages[a].first ?? Infinity) - (passages[b].first ?? Infinity) || a - b);

/** The hosts in the order of the chains, as { index, depth }. Each follows the host that it received from; only branchings increase the depth. */
const places = (() => {
  const all = [];
  const seen = new Set();
  const waiting = hosts.flatMap((host, index) => (host.from === undefined && (host.outcome === 'source' || children[index].length > 0) ? [{ index, depth: 0 }] : [])).reverse();
  // If the hosts' last parents form a circle, no root leads to them.
  const rest = hosts.flatMap((host, index) => (host.from === undefined ? [] : [{ index, depth: 1 }])).reverse();
  for (const list of [waiting, rest]) {
    while (list.length > 0) {
      const place = list.pop();
      if (seen.has(place.index)) continue;
      seen.add(place.index);
      all.push(place);
      const next = children[place.index];
      for (const child of next.toReversed()) list.push({ index: child, depth: next.length > 1 ? place.depth + 1 : place.depth });
    }
  }
  return all;
})();

function showChains() {
  const idle = wanted.filter(passage => passage.host.from === undefined && passage.gave === 0).length;
  byId('chains-about').textContent = places.length < 2 ? 'No host received anything.'
    : 'Each host is below the host that it received from last. If a host served several others, these are indented.'
      + (idle > 0 ? ` Not shown: ${count(idle, 'target')} that received from no host.` : '');
  byId('chain-list').after(inPortions(byId('chain-list'), places, chainRow, 60));
  byId('find').oninput = event => find(event.target.value);
}

function chainRow({ index, depth }) {
  const passage = passages[index];
  const { host } = passage;
  const mean = meanRate(passage);
  const said = [stateOf(passage), host.receipt && host.receipt.received > 0 ? size(host.receipt.received) : '', mean === null ? '' : rate(mean)];
  const row = make('li', { className: host.from === undefined ? 'root' : '' }, hostButton(index), make('span', { className: 'said', textContent: said.filter(Boolean).join(', ') }));
  row.style.marginLeft = `${Math.min(depth, 16) * 20}px`;
  if (passage.to.length > 1) row.append(make('span', { className: 'badge', textContent: count(passage.to.length, 'link') }));
  if (passage.to.at(-1)?.relayed) row.append(make('span', { className: 'badge', textContent: 'through the controller' }));
  if (host.slow) row.append(make('span', { className: 'badge warned', textContent: 'slow' }));
  if (host.excluded) row.append(make('span', { className: 'badge warned', textContent: 'excluded' }));
  return row;
}

/** Shows the hosts whose name contains the text, each with its state. */
function find(text) {
  const sought = text.trim().toLowerCase();
  const results = byId('found');
  results.replaceChildren();
  if (sought === '') return;
  const matches = hosts.flatMap((host, index) => (host.name.toLowerCase().includes(sought) ? [index] : []));
  results.append(make('p', { className: 'count', textContent: matches.length === 0 ? 'no such host' : count(matches.length, 'host') }));
  const list = make('ul');
  for (const match of matches.slice(0, 12)) list.append(make('li', {}, hostButton(match), ' ', make('span', { className: 'said', textContent: stateOf(passages[match]) })));
  results.append(list);
}
