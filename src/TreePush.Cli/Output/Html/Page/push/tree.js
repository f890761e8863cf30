/** The children of each host: the hosts that it served or was the last to try. */
const children = hosts.map(() => []);
hosts.forEach((host, index) => {
  if (host.from !== undefined) children[host.from].push(index);
});
for (const list of children) list.sort((a, b) => (passages[a].ended ?? Infinity) - (passages[b].ended ?? Infinity) || a - b);

/** The number of hosts below each host. Deeper rounds come first, so that each child is complete before its parent counts it. */
const below = hosts.map(() => 0);
const depthOf = index => hosts[index].round ?? (hosts[index].outcome === 'failed' ? Infinity : 0);
for (const index of hosts.map((_, i) => i).sort((a, b) => depthOf(b) - depthOf(a)))
  if (hosts[index].from !== undefined) below[hosts[index].from] += below[index] + 1;

/** The roots of the tree: the first sources, and hosts from an earlier part of the run that served others. */
const roots = hosts.flatMap((host, index) => host.outcome === 'source' || (host.from === undefined && below[index] > 0) ? [index] : []);
const idleRoots = hosts.filter((host, index) => host.outcome === 'served_before' && below[index] === 0).length;

/** A tree of up to wholeTree hosts is drawn completely. Of a larger tree, mostNodes nodes are drawn; circles with a number stand for the others. */
const wholeTree = 420;
const mostNodes = 180;
const mostChildren = 80;

/**
 * Chooses the part of the tree to draw: from the root on, it opens the largest closed branch as long as there is room.
 * A node is { host, children, hidden }. hidden is the number of hosts behind it; a node without a host stands for several hosts.
 */
function openTree(root) {
  const top = root === null
    ? { host: null, children: [], hidden: 0, kids: roots, size: roots.reduce((sum, host) => sum + below[host] + 1, 0) }
    : node(root);
  const limit = top.size <= wholeTree ? wholeTree + 1 : mostNodes;
  const closed = [top];
  let shown = 1;
  while (closed.length > 0) {
    const largest = closed.reduce((best, candidate, i) => (candidate.size > closed[best].size ? i : best), 0);
    const [next] = closed.splice(largest, 1);
    const room = Math.min(next.kids.length, mostChildren);
    if (next.kids.length === 0 || (next !== top && shown + room > limit)) continue;
    open(next, room);
    shown += next.children.length;
    closed.push(...next.children.filter(child => child.host !== null));
  }
  return top;
}

function node(host) {
  return { host, children: [], hidden: below[host], kids: children[host], size: below[host] };
}

function open(next, room) {
  const kids = next.kids.length > room ? [...next.kids].sort((a, b) => below[b] - below[a]) : next.kids;
  next.children = kids.slice(0, room).map(node);
  next.hidden = 0;
  const rest = kids.slice(room);
  if (rest.length > 0) next.children.push({ host: null, children: [], kids: [], hidden: rest.reduce((sum, host) => sum + below[host] + 1, 0), size: 0 });
}

/** Every node of a drawn tree, parents first. */
function nodesOf(top) {
  const nodes = [top];
  for (let i = 0; i < nodes.length; i++) {
    for (const child of nodes[i].children) {
      child.level = (nodes[i].level ?? 0) + 1;
      child.parent = nodes[i];
      nodes.push(child);
    }
  }
  top.level = 0;
  return nodes;
}

/**
 * Gives each node its place across the tree: a span wide enough for itself and for its children, with the node in the middle.
 * needOf returns the width of a node: 1 in a list, an angle in a wheel. On an inner ring the angle is larger.
 */
function placeAcross(nodes, needOf) {
  for (const next of nodes.toReversed()) {
    next.inside = next.children.reduce((sum, child) => sum + child.room, 0);
    next.room = next.level === 0 ? next.inside || 1 : Math.max(next.inside, needOf(next));
  }
  nodes[0].place = nodes[0].room / 2;
  for (const next of nodes) {
    let start = next.place - next.inside / 2;
    for (const child of next.children) {
      child.place = start + child.room / 2;
      start += child.room;
    }
  }
  return nodes[0].room;
}

/** The common ending of all names, from a dot on. The drawing omits it. */
const ending = (() => {
  let common = hosts[0].name;
  for (const { name } of hosts) {
    let n = 0;
    while (n < common.length && common.at(-1 - n) === name.at(-1 - n)) n++;
    common = n === 0 ? '' : common.slice(-n);
  }
  const dot = common.search(/\.[a-z]/i);
  return hosts.length < 2 || dot < 0 ? '' : common.slice(dot);
})();

/** The label of a node in the drawing. */
function nameOf(next, most) {
  if (next.host !== null) return shorten(hosts[next.host].name.slice(0, -ending.length || undefined), most);
  return next.level === 0 ? count(roots.length, 'source') : `${number(next.hidden)} more`;
}

function tipOf(index) {
  const [host, passage] = [hosts[index], passages[index]];
  const lines = [host.name];
  if (host.outcome === 'served') lines.push(`round ${host.round}, from ${hosts[host.from].name}`, `served at ${clock(passage.ended)}, took ${duration(passage.took)}`);
  else if (host.outcome === 'failed') lines.push(`failed, last from ${hosts[host.from].name}`, shorten(messageOf(data.failures[host.failure]), 160));
  else lines.push(outcomes[host.outcome]);
  if (passage.to.length > 1) lines.push(count(passage.to.length, 'attempt'));
  if (below[index] > 0) lines.push(`served ${count(passage.gave, 'host')}; ${number(below[index])} below it in total`);
  return lines;
}
