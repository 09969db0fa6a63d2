import type { BuildReport } from '@lamplight/roads';
import type { MessageKey, MessageValues } from '../messages.js';
import type { Terminal } from '../terminal.js';

/** The facts of a network for people: what is in it, what was left out, and what to know before relying on it. */
export function printReport(terminal: Terminal, report: BuildReport): void {
  const number = new Intl.NumberFormat(terminal.language);
  const line = (key: MessageKey, values: MessageValues): void =>
    terminal.print(terminal.translate({ key, values }));
  const counts = (key: MessageKey, byReason: Readonly<Record<string, number>>): void => {
    for (const [reason, count] of Object.entries(byReason)) {
      if (count > 0) line(key, { reason, count: number.format(count) });
    }
  };

  line('roads.size', {
    nodes: number.format(report.nodes),
    edges: number.format(report.edges),
    arcs: number.format(report.arcs),
    kilometres: number.format(Math.round(report.lengthMetres / 1000)),
  });
  line('roads.turns', {
    profile: report.profile,
    side: terminal.translate({ key: `roads.side.${report.drivingSide}` }),
    states: number.format(report.states),
    turns: number.format(report.turns),
  });
  line('roads.connected', {
    share: (report.connectedShare * 100).toFixed(2),
    dropped: number.format(report.disconnectedNodes),
  });
  counts('roads.dropped', report.dropped);

  const { read, obeyed, disregarded, exempt, partial, broken } = report.restrictions;
  if (read > 0) {
    line('roads.restrictions', {
      read: number.format(read),
      obeyed: number.format(obeyed),
      disregarded: number.format(disregarded),
      exempt: number.format(exempt),
    });
    counts('roads.restriction-broken', broken);
    if (partial > 0) line('roads.restriction-partial', { count: number.format(partial) });
  }
  if (report.stuckStates > 0) line('roads.stuck', { count: number.format(report.stuckStates) });
  if (report.zeroLengthEdges > 0) line('roads.zero-length', { count: number.format(report.zeroLengthEdges) });
}
