function switchTree(outline) {
  if (outline && byId('outline-view').children.length === 0) showOutline();
  byId('drawing-view').hidden = outline;
  byId('outline-view').hidden = !outline;
  byId('show-drawing').setAttribute('aria-pressed', String(!outline));
  byId('show-outline').setAttribute('aria-pressed', String(outline));
}

showHeader(noteText);
showFigures(figures());
showFacts(facts());
showFailures('Attempts');
showTree();
showGrowth();
showRounds();
showTimeline();
showSetAside();
showSections();
follow();
if (innerWidth < 620) switchTree(true);
byId('show-drawing').onclick = () => switchTree(false);
byId('show-outline').onclick = () => switchTree(true);
byId('find').oninput = event => find(event.target.value);
