import administration from './en/administration.json' with { type: 'json' };
import after from './en/after.json' with { type: 'json' };
import alarms from './en/alarms.json' with { type: 'json' };
import catalogue from './en/catalogue.json' with { type: 'json' };
import commandLine from './en/command-line.json' with { type: 'json' };
import common from './en/common.json' with { type: 'json' };
import incident from './en/incident.json' with { type: 'json' };
import intake from './en/intake.json' with { type: 'json' };
import map from './en/map.json' with { type: 'json' };
import overview from './en/overview.json' with { type: 'json' };
import paper from './en/paper.json' with { type: 'json' };
import premises from './en/premises.json' with { type: 'json' };
import problems from './en/problems.json' with { type: 'json' };
import queue from './en/queue.json' with { type: 'json' };
import report from './en/report.json' with { type: 'json' };
import roads from './en/roads.json' with { type: 'json' };
import screens from './en/screens.json' with { type: 'json' };
import shell from './en/shell.json' with { type: 'json' };
import signIn from './en/sign-in.json' with { type: 'json' };
import tour from './en/tour.json' with { type: 'json' };
import units from './en/units.json' with { type: 'json' };

export const english = {
  ...administration,
  ...after,
  ...alarms,
  ...catalogue,
  ...commandLine,
  ...common,
  ...incident,
  ...intake,
  ...map,
  ...overview,
  ...premises,
  ...problems,
  ...queue,
  ...report,
  ...paper,
  ...roads,
  ...screens,
  ...shell,
  ...signIn,
  ...tour,
  ...units,
};
