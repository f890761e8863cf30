const transfers = data.transfers;

/** The transfers to and from each host. */
const passages = hosts.map((host, index) => ({ host, index, to: [], gave: 0, lost: 0, first: null, ended: null, took: null }));
for (const transfer of transfers) {
  transfer.seconds = transfer.end - transfer.start;
  const passage = passages[transfer.target];
  passage.to.push(transfer);
  passage.first ??= transfer.start;
  if (transfer.failure === undefined) {
    passage.ended = transfer.end;
    passage.took = transfer.seconds;
    passages[transfer.source].gave++;
  } else passages[transfer.source].lost++;
}

function describe(transfer) {
  const when = `${clock(transfer.start)}, took ${duration(transfer.seconds)}`;
  return `attempt ${transfer.attempt} from ${hosts[transfer.source].name} at ${when}`;
}

function openCard(index) {
  const [host, passage] = [hosts[index], passages[index]];
  const attempts = make('ol', { className: 'attempts' });
  for (const transfer of passage.to) {
    const failure = transfer.failure === undefined ? null : data.failures[transfer.failure];
    attempts.append(make('li', { className: failure ? (transfer.excused ? 'excused' : 'failed') : 'served' },
      make('span', { textContent: describe(transfer) }), failure ? failureText(failure, transfer.excused) : null));
  }
  const gave = passage.gave + passage.lost === 0 ? null : make('p', { textContent:
    `It served ${count(passage.gave, 'host')}${passage.lost > 0 ? `; ${count(passage.lost, 'transfer')} from it failed` : ''}.` });
  showCard(index, host.round === undefined ? outcomes[host.outcome] : `served in round ${host.round}`,
    [passage.to.length > 0 ? make('h3', { textContent: count(passage.to.length, 'transfer') }) : null, attempts, gave]);
}
