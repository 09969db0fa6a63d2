import common from './en/common.json' with { type: 'json' };
import incident from './en/incident.json' with { type: 'json' };
import intake from './en/intake.json' with { type: 'json' };
import map from './en/map.json' with { type: 'json' };
import problems from './en/problems.json' with { type: 'json' };
import queue from './en/queue.json' with { type: 'json' };
import report from './en/report.json' with { type: 'json' };
import roads from './en/roads.json' with { type: 'json' };
import shell from './en/shell.json' with { type: 'json' };
import signIn from './en/sign-in.json' with { type: 'json' };
import units from './en/units.json' with { type: 'json' };

export const english = {
  ...common,
  ...incident,
  ...intake,
  ...map,
  ...problems,
  ...queue,
  ...report,
  ...roads,
  ...shell,
  ...signIn,
  ...units,
};
