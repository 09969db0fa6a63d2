import administration from './zh-CN/administration.json' with { type: 'json' };
import after from './zh-CN/after.json' with { type: 'json' };
import alarms from './zh-CN/alarms.json' with { type: 'json' };
import catalogue from './zh-CN/catalogue.json' with { type: 'json' };
import commandLine from './zh-CN/command-line.json' with { type: 'json' };
import common from './zh-CN/common.json' with { type: 'json' };
import incident from './zh-CN/incident.json' with { type: 'json' };
import intake from './zh-CN/intake.json' with { type: 'json' };
import map from './zh-CN/map.json' with { type: 'json' };
import overview from './zh-CN/overview.json' with { type: 'json' };
import paper from './zh-CN/paper.json' with { type: 'json' };
import premises from './zh-CN/premises.json' with { type: 'json' };
import problems from './zh-CN/problems.json' with { type: 'json' };
import queue from './zh-CN/queue.json' with { type: 'json' };
import report from './zh-CN/report.json' with { type: 'json' };
import roads from './zh-CN/roads.json' with { type: 'json' };
import screens from './zh-CN/screens.json' with { type: 'json' };
import shell from './zh-CN/shell.json' with { type: 'json' };
import signIn from './zh-CN/sign-in.json' with { type: 'json' };
import tour from './zh-CN/tour.json' with { type: 'json' };
import units from './zh-CN/units.json' with { type: 'json' };

export const chinese = {
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
