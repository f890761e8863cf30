function figures() {
  const failed = transfers.filter(transfer => transfer.failure !== undefined).length;
  const time = transfers.reduce((sum, transfer) => sum + transfer.seconds, 0);
  const before = [tally.served_before > 0 ? `${number(tally.served_before)} before` : '', tally.skipped > 0 ? `${number(tally.skipped)} as sources` : ''];
  return [
    ['Served', tally.served, before.filter(Boolean).join(', '), 'served'],
    ['Failed', tally.failed, tally.failed > 0 ? 'reasons below' : '', tally.failed > 0 ? 'failed' : ''],
    ['Not tried', tally.not_tried, '', tally.not_tried > 0 ? 'warned' : ''],
    ['Rounds', tally.rounds, 'the tree’s depth', ''],
    ['Transfers', transfers.length, failed > 0 ? `${number(failed)} failed` : 'none failed', ''],
    ['At once', running.reduce((most, point) => Math.max(most, point[1]), 0), `on average ${(time / whole).toFixed(1)}`, ''],
  ];
}

function facts() {
  const found = data.notes.filter(note => note.what === 'slots').at(-1);
  const slots = data.slots ?? (found ? `auto, ${found.count} at the end` : 'auto');
  return [['At once on each source (-m)', String(slots)], ['Retries (-r)', String(data.retries)]];
}

function noteText(note) {
  switch (note.what) {
    case 'paused': return 'paused: nothing new was started';
    case 'continued': return 'went on';
    case 'stopping': return 'stopped by the user: what ran could end';
    case 'killing': return 'stopped by the user: what ran was ended';
    case 'slots': return `-m auto: ${count(note.count, 'transfer')} at once on each source from here on`;
    case 'exhausted': return `no source was left that could serve the remaining ${count(note.count, 'host')}`;
    default: return note.what;
  }
}
