import { type CardTable, yesNo } from './question-card-table.js';

/** Fire, rescue and hazards. What is told to the caller is general fire-safety advice; to be approved by the fire service. */
export const FIRE_CARDS: readonly CardTable[] = [
  {
    id: 'fire-building',
    name: ['Fire in a building', '建筑火灾'],
    types: ['FSTRU', 'FAPT', 'FUNK', 'FARSON', 'FELEC', 'FSMOKE', 'FOTHER'],
    questions: [
      ['inside', 'Is anybody still inside?', '里面还有人吗？', yesNo(5, 0, 3)],
      [
        'seen',
        'What do you see?',
        '您看到什么？',
        [
          ['flames', 'Flames', '明火', 4],
          ['smoke', 'Thick smoke', '浓烟', 3],
          ['little', 'A little smoke, or only a smell', '少量烟或只有气味', 0],
          ['out', 'It is out', '已经扑灭', -3],
        ],
      ],
      [
        'building',
        'What kind of building, and how high?',
        '什么建筑？有多高？',
        [
          ['high', 'High-rise', '高层', 2],
          ['crowded', 'School, hospital, hotel, market', '学校、医院、宾馆、市场', 3],
          ['home', 'House or low block', '平房或低层住宅', 1],
          ['other', 'Shed or other', '棚屋或其他', 0],
        ],
      ],
      [
        'danger',
        'Gas bottles, chemicals or charging batteries near the fire?',
        '火场附近有气瓶、化学品或正在充电的电池吗？',
        yesNo(2, 0, 1),
      ],
      ['hurt', 'Is anybody hurt?', '有人受伤吗？', yesNo(2, 0, 1)],
    ],
    steps: [
      [3, 1],
      [0, 2],
      [-3, 3],
    ],
    instructions: [
      [
        'Get everybody out now. Close doors behind you. Do not use the lift. Do not go back for anything.',
        '所有人马上出来，随手关门，不要坐电梯，不要回去拿东西。',
        'inside',
        'yes',
      ],
      [
        'If the stairs are full of smoke: stay in a room with a window, close the door, block the gap with wet cloth, show yourself at the window and tell me which one.',
        '楼梯有浓烟时：留在有窗的房间，关门，用湿布堵住门缝，到窗口让人看见，并告诉我是哪个窗口。',
        'inside',
        'yes',
      ],
      ['In smoke keep low, near the floor.', '有烟时放低身体，贴近地面走。', 'seen', 'smoke'],
      [
        'Wait outside at a safe distance and keep the way free for the engines. Send somebody to the street to show the way.',
        '在外面安全处等候，让出消防通道，派人到路口接车。',
      ],
      [
        'Do not pour water on burning oil or on anything electric.',
        '油着火或电器着火，不要泼水。',
        'seen',
        'flames',
      ],
      [
        'Tell me and the crew what is stored there, and stay well away.',
        '把存放的物品告诉我和消防员，离远一些。',
        'danger',
        'yes',
      ],
    ],
  },
  {
    id: 'fire-vehicle',
    name: ['Vehicle fire', '车辆火灾'],
    types: ['FVEH', 'FTRUCK', 'FTRAILER'],
    questions: [
      ['inside', 'Is anybody in the vehicle?', '车里有人吗？', yesNo(5, 0, 3)],
      [
        'kind',
        'What kind of vehicle?',
        '什么车？',
        [
          ['car', 'Car', '小汽车', 0],
          ['electric', 'Electric or gas-driven', '电动或燃气车', 2],
          ['lorry', 'Lorry or bus', '货车或客车', 2],
          ['tanker', 'Tanker or dangerous goods', '罐车或危险品车', 5],
          ['unknown', 'Not known', '不清楚', 1],
        ],
      ],
      [
        'where',
        'Where does it stand?',
        '车停在哪里？',
        [
          ['tunnel', 'Tunnel, garage or under a building', '隧道、车库或建筑内', 4],
          ['near', 'Close to a building, other cars or a fuel station', '靠近建筑、其他车辆或加油站', 2],
          ['open', 'In the open', '空旷处', 0],
        ],
      ],
    ],
    steps: [
      [4, 1],
      [0, 2],
    ],
    instructions: [
      [
        'Get everybody out and at least 50 metres away, up the wind. Do not open the bonnet.',
        '所有人下车，到上风方向 50 米以外，不要打开引擎盖。',
      ],
      [
        'Keep well away from the smoke; a battery may flare up again.',
        '远离浓烟，电池可能复燃。',
        'kind',
        'electric',
      ],
      [
        'Read me the number on the orange plate if you can see it from where you are. Do not go nearer.',
        '如果在您的位置能看到橙色牌上的编号，请念给我听，不要靠近。',
        'kind',
        'tanker',
      ],
      [
        'Leave the tunnel or garage on foot, by the nearest exit. Leave the key in your car.',
        '步行从最近的出口离开，钥匙留在车上。',
        'where',
        'tunnel',
      ],
      [
        'On a fast road stand behind the barrier, never on the road.',
        '在快速路上请站到护栏外，不要站在路上。',
      ],
    ],
  },
  {
    id: 'gas',
    name: ['Gas leak or smell', '燃气泄漏或异味'],
    types: ['GASLEAK', 'GASLEAKI', 'GASLEAKO', 'ODOR', 'ALRNGAS', 'ALRPROPN'],
    questions: [
      [
        'where',
        'Where is the smell?',
        '气味在哪里？',
        [
          ['indoors', 'Indoors', '室内', 3],
          ['outdoors', 'Outdoors', '室外', 0],
          ['both', 'Both', '室内外都有', 3],
        ],
      ],
      ['ill', 'Does anybody feel ill, dizzy or faint?', '有人头晕、恶心或昏倒吗？', yesNo(4, 0, 1)],
      ['strong', 'Is it strong, or do you hear it hissing?', '气味很浓或听到漏气声吗？', yesNo(2, 0, 1)],
      ['out', 'Is everybody outside?', '人都出来了吗？', yesNo(0, 2, 1)],
    ],
    steps: [
      [3, 1],
      [1, 2],
      [0, 3],
    ],
    instructions: [
      [
        'Leave the house now, all of you. Leave doors open behind you.',
        '所有人马上离开房屋，门敞开。',
        'where',
        'indoors',
      ],
      [
        'Leave the house now, all of you. Leave doors open behind you.',
        '所有人马上离开房屋，门敞开。',
        'where',
        'both',
      ],
      [
        'No light switch, no flame, no bell, no lift. Use the phone only outside.',
        '不要开关任何电器，不要用明火，不要按门铃或坐电梯，到室外再打电话。',
      ],
      ['Close the gas valve only if you can reach it on your way out.', '只有顺路能够到时才关燃气阀门。'],
      [
        'Bring whoever feels ill into fresh air and lay them on the side if they are not awake.',
        '把不舒服的人移到通风处，昏迷者侧卧。',
        'ill',
        'yes',
      ],
      [
        'Warn the neighbours by knocking, not by the bell. Wait at a distance.',
        '敲门提醒邻居（不要按门铃），在远处等候。',
      ],
    ],
  },
  {
    id: 'drowning',
    name: ['Drowning', '溺水'],
    types: ['DROWN', 'WATER'],
    questions: [
      [
        'now',
        'Where is the person now?',
        '人现在在哪里？',
        [
          ['under', 'Under water or out of sight', '沉没或看不见', 6],
          ['afloat', 'Afloat, in sight', '在水面上，看得见', 5],
          ['ashore', 'Ashore', '已上岸', 1],
        ],
      ],
      ['breathing', 'If ashore: breathing normally?', '已上岸：呼吸正常吗？', yesNo(0, 5, 2)],
      [
        'water',
        'What kind of water?',
        '什么水域？',
        [
          ['flowing', 'River or tide', '江河或潮水', 1],
          ['still', 'Lake, pond or pool', '湖、塘、泳池', 0],
          ['ice', 'Ice has broken', '冰面破裂', 1],
        ],
      ],
    ],
    steps: [
      [3, 1],
      [0, 2],
    ],
    instructions: [
      [
        'Do not go into the water yourself. Throw something that floats, or reach out with a pole or a rope.',
        '不要自己下水。抛能漂浮的东西，或递竹竿、绳子。',
        'now',
        'afloat',
      ],
      [
        'Keep your eyes on where you last saw the person and point there until the crew arrives.',
        '盯住最后看到人的位置，一直指给救援人员看。',
        'now',
        'under',
      ],
      [
        'Tell me which way the water flows and a mark on the bank near you.',
        '告诉我水流方向和岸边的明显标志。',
        'water',
        'flowing',
      ],
      ['Lie flat on the ice; do not walk to the hole.', '趴在冰面上，不要走近冰洞。', 'water', 'ice'],
      [
        'Not breathing: five rescue breaths if you are able, then push hard and fast in the centre of the chest, 100 to 120 times a minute. Do not stop.',
        '没有呼吸：会人工呼吸就先吹五口气，然后在胸部正中用力快速按压，每分钟 100～120 次，不要停。',
        'breathing',
        'no',
      ],
      [
        'Lay the person on the side, take off wet clothes, keep them warm.',
        '让患者侧卧，脱去湿衣，注意保暖。',
        'breathing',
        'yes',
      ],
    ],
  },
  {
    id: 'lift',
    name: ['People stuck in a lift', '电梯困人'],
    types: ['NCRELEV'],
    questions: [
      ['ill', 'Is anybody in there ill, hurt or in panic?', '里面有人不适、受伤或惊慌吗？', yesNo(4, 0, 1)],
      ['smoke', 'Is there smoke, water or a smell of burning?', '有烟、进水或焦糊味吗？', yesNo(5, 0, 1)],
      [
        'who',
        'Who is inside?',
        '里面是谁？',
        [
          ['frail', 'Children alone, old or pregnant people', '独自的儿童、老人或孕妇', 2],
          ['many', 'Six or more', '六人以上', 1],
          ['others', 'Others', '其他人', 0],
        ],
      ],
      [
        'number',
        'What does the rescue plate in the cabin say? (write it in the note)',
        '轿厢内救援识别码是多少？（记在备注里）',
        [
          ['read', 'Written down', '已记录', 0],
          ['none', 'There is none', '没有', 0],
        ],
      ],
    ],
    steps: [
      [5, 1],
      [2, 2],
      [0, 3],
    ],
    instructions: [
      ['The cabin has air and will not fall. Sit down and wait.', '轿厢里有空气，不会坠落。请坐下等待。'],
      ['Do not force the doors and do not climb out.', '不要扒门，不要往外爬。'],
      ['Press the alarm button, so that the building knows, too.', '按轿厢里的报警按钮，让物业也知道。'],
      [
        'Keep talking to each other; tell me at once if somebody faints.',
        '互相说话，有人晕倒马上告诉我。',
        'ill',
        'yes',
      ],
    ],
  },
];
