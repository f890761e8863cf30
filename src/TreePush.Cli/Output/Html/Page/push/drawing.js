/** A tree with more than mostLines leaves is drawn as a wheel; with more than mostSpokes, without the leaves' names. */
const mostLines = 44;
const mostSpokes = 200;

/** Draws the tree that begins at a host, or at all sources. */
function showDrawing(root) {
  const start = root ?? (roots.length === 1 ? roots[0] : null);
  const nodes = nodesOf(openTree(start));
  const leaves = nodes.filter(next => next.children.length === 0).length;
  byId('ending').hidden = ending === '' || leaves > mostSpokes;
  const picture = leaves > mostLines ? wheel(nodes, leaves <= mostSpokes) : rows(nodes);
  byId('drawing').replaceChildren(picture);
  byId('drawing').scrollLeft = leaves > mostLines ? (byId('drawing').scrollWidth - byId('drawing').clientWidth) / 2 : 0;
  showWay(start);
}

/** Shows the hosts above the root of the drawing. A press on one draws the tree from there. */
function showWay(start) {
  const way = start === null ? [] : wayTo(start);
  const list = make('ol');
  if (roots.length > 1 && start !== null) list.append(make('li', {}, make('button', { type: 'button', textContent: 'all sources', onclick: () => showDrawing(null) })));
  for (const step of way.length > 1 || roots.length > 1 ? way : []) {
    const name = hosts[step].name;
    list.append(make('li', {}, step === start ? make('b', { textContent: name }) : make('button', { type: 'button', textContent: name, onclick: () => showDrawing(step) })));
  }
  byId('way').hidden = list.children.length === 0;
  byId('way').replaceChildren(list);
}

/** A small tree: rounds from left to right, every host with its name. */
function rows(nodes) {
  const leaves = placeAcross(nodes, () => 1);
  const [rowHeight, charWidth, gap] = [26, 7.3, 56];
  const widths = [];
  for (const next of nodes) {
    next.label = nameOf(next, 30);
    widths[next.level] = Math.max(widths[next.level] ?? 0, next.label.length * charWidth + 20);
  }
  const lefts = widths.map((_, level) => 14 + widths.slice(0, level).reduce((sum, width) => sum + width + gap, 0));
  const width = Math.ceil(lefts.at(-1) + widths.at(-1) + 50);
  const height = leaves * rowHeight + 16;
  const picture = canvas(width, height, 'rows-picture');
  for (const next of nodes) [next.x, next.y] = [lefts[next.level], 8 + next.place * rowHeight];
  for (const next of nodes.slice(1)) {
    const x = next.parent.x + next.parent.label.length * charWidth + 18;
    const middle = (lefts[next.level] + Math.max(x, lefts[next.level] - gap)) / 2;
    picture.append(edge(next, `M${x} ${next.parent.y}H${Math.max(x, lefts[next.level] - gap)}C${middle} ${next.parent.y} ${middle} ${next.y} ${next.x - 7} ${next.y}`));
  }
  for (const next of nodes) picture.append(knot(next, draw('text', { x: 12, y: 4 }, next.label)));
  return picture;
}

/** A larger tree: the source in the middle, a ring for each round. */
function wheel(nodes, labelled) {
  const levels = Math.max(...nodes.map(next => next.level));
  const widthOf = next => (next.hidden > 0 ? 2 * radiusOf(next) + 3 : labelled ? 14 : 12);
  const step = Math.max(320 / levels, 56);
  // The rings have equal distances. The innermost ring grows until all nodes have room.
  let hub = 0;
  let round;
  const ring = level => (level === 0 ? 0 : hub + step * level);
  while ((round = placeAcross(nodes, next => widthOf(next) / ring(next.level))) > 2 * Math.PI) hub += 10;
  const longest = Math.max(...nodes.map(next => nameOf(next, 22).length));
  const margin = labelled ? 24 + 6.4 * longest : 30;
  const size = Math.ceil(2 * (ring(levels) + margin));
  const picture = canvas(size, size, 'wheel-picture');
  const at = (radius, angle) => [size / 2 + radius * Math.cos(angle), size / 2 + radius * Math.sin(angle)];
  for (let level = 1; level <= levels; level++) picture.append(draw('circle', { class: 'ring', cx: size / 2, cy: size / 2, r: ring(level) }));
  for (const next of nodes) {
    next.angle = 2 * Math.PI * next.place / round - Math.PI / 2;
    [next.x, next.y] = at(ring(next.level), next.angle);
  }
  for (const next of nodes.slice(1)) {
    const [x1, y1] = at((ring(next.level) + ring(next.level - 1)) / 2, next.level === 1 ? next.angle : next.parent.angle);
    const [x2, y2] = at((ring(next.level) + ring(next.level - 1)) / 2, next.angle);
    picture.append(edge(next, `M${point(next.parent)}C${x1.toFixed(1)} ${y1.toFixed(1)} ${x2.toFixed(1)} ${y2.toFixed(1)} ${point(next)}`));
  }
  for (const next of nodes) picture.append(knot(next, labelled && next.children.length === 0 ? spoke(next) : null));
  return picture;
}

const point = next => `${next.x.toFixed(1)} ${next.y.toFixed(1)}`;

/** A leaf's name, written outward, never upside down. */
function spoke(next) {
  const degrees = next.angle * 180 / Math.PI;
  const flipped = Math.cos(next.angle) < 0;
  const offset = next.hidden > 0 ? radiusOf(next) + 5 : 8;
  return draw('text', {
    class: 'spoke', y: 3.5, x: flipped ? -offset : offset, 'text-anchor': flipped ? 'end' : 'start',
    transform: `rotate(${(flipped ? degrees + 180 : degrees).toFixed(1)})`,
  }, nameOf(next, 22));
}

function canvas(width, height, mark) {
  const text = `The tree of ${count(hosts.length, 'host')}. The outline shows the same as text.`;
  return draw('svg', { class: mark, width, height, viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': text });
}

function edge(next, path) {
  const failed = next.host !== null && hosts[next.host].outcome === 'failed';
  // The node that stands for all sources has transferred nothing to them.
  return draw('path', { class: failed ? 'edge failed' : next.parent.host === null ? 'edge none' : 'edge', d: path });
}

/** The radius of a closed branch grows with the number of hosts behind it. */
const radiusOf = next => (next.hidden > 0 ? Math.min(22, 6 + Math.sqrt(next.hidden) * 0.7) : next.level === 0 ? 7 : next.children.length > 0 ? 5 : 4);

/** One host in the drawing: a press opens the branch behind it, or the host's card. */
function knot(next, label) {
  const outcome = next.host === null ? 'several' : hosts[next.host].outcome;
  const state = next.hidden > 0 ? 'closed' : next.children.length > 0 ? 'serves' : 'leaf';
  const group = draw('g', { class: `knot ${outcome} ${state}`, transform: `translate(${point(next)})` });
  const radius = radiusOf(next);
  group.append(outcome === 'failed' ? draw('path', { class: 'cross', d: 'M-4 -4L4 4M-4 4L4 -4' }) : draw('circle', { r: radius }));
  if (next.hidden > 0 && radius >= 9) group.append(draw('text', { class: 'hidden', y: 3.5, 'text-anchor': 'middle' }, next.hidden > 999 ? `${Math.round(next.hidden / 1000)}k` : next.hidden));
  if (label) group.append(label);
  if (next.host === null) return group;
  const act = () => (next.hidden > 0 ? showDrawing(next.host) : openCard(next.host));
  group.append(draw('circle', { class: 'touch', r: Math.max(11, radius) }));
  group.setAttribute('tabindex', next.children.length > 0 || next.hidden > 0 ? '0' : '-1');
  group.setAttribute('role', 'button');
  group.setAttribute('aria-label', tipOf(next.host).join(', '));
  group.addEventListener('click', act);
  group.addEventListener('keydown', event => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    act();
  });
  group.tip = () => [...tipOf(next.host), next.hidden > 0 ? 'press to show the hosts behind it' : ''].filter(Boolean);
  return group;
}

function showTree() {
  const tried = hosts.filter(host => host.from !== undefined).length;
  const idle = idleRoots > 0 ? ` Not shown: ${count(idleRoots, 'host')} that an earlier part of the run served and that served no other host in this one.` : '';
  const grew = transfers.some(transfer => transfer.failure === undefined);
  byId('tree-about').textContent = (grew ? 'A line leads from each host to the hosts that it served.' : 'No host was served, so there is no tree.') + idle;
  byId('tree-legend').append(legend('source', 'source'), legend('serves', 'served, and served others'), legend('leaf', 'served'));
  if (roots.some(root => hosts[root].outcome === 'served_before')) byId('tree-legend').append(legend('before', 'served before'));
  if (tally.failed > 0) byId('tree-legend').append(legend('failed', 'failed (shown at the source that tried last)'));
  if (tried > wholeTree) byId('tree-legend').append(legend('closed', 'more hosts behind it: press to show them'));
  byId('tree-legend').append(make('span', { id: 'ending', textContent: `names are shown without ${ending}` }));
  showDrawing(null);
}
