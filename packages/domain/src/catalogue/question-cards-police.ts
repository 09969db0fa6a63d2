import { type CardTable, yesNo } from './question-card-table.js';

/** Crime, disorder, traffic and missing people. What is told to the caller keeps the caller safe and the traces there. */
export const POLICE_CARDS: readonly CardTable[] = [
  {
    id: 'traffic-accident',
    name: ['Traffic accident', '交通事故'],
    types: ['MVA', 'MVAINJY', 'MVAUNK', 'MVAHR', 'MVCP'],
    questions: [
      [
        'hurt',
        'Is anybody hurt?',
        '有人受伤吗？',
        [
          ['badly', 'Yes, badly or not awake', '有，重伤或昏迷', 6],
          ['lightly', 'Yes, lightly', '有，轻伤', 4],
          ['no', 'Nobody', '没有', 0],
          ['unknown', 'Not known', '不清楚', 2],
        ],
      ],
      ['trapped', 'Is anybody trapped?', '有人被困车内吗？', yesNo(5, 0, 1)],
      ['danger', 'Fire, leaking fuel or dangerous goods?', '有起火、漏油或危险品吗？', yesNo(5, 0, 1)],
      [
        'road',
        'Is the road blocked?',
        '道路堵了吗？',
        [
          ['fast', 'Yes, on a fast road', '堵了，在快速路', 2],
          ['yes', 'Yes', '堵了', 1],
          ['no', 'No', '没有', 0],
        ],
      ],
      ['fled', 'Has a driver fled?', '有驾驶人逃逸吗？', yesNo(1)],
    ],
    steps: [
      [4, 1],
      [2, 2],
      [0, 3],
    ],
    instructions: [
      [
        'Switch on hazard lights, set up the triangle, and stand behind the barrier.',
        '打开双闪，放好三角牌，人站到护栏外。',
      ],
      [
        'Do not move the injured unless there is fire. Speak to them and keep them warm.',
        '没有起火就不要移动伤者，和他说话，注意保暖。',
        'hurt',
        'badly',
      ],
      [
        'Not breathing: push hard and fast in the centre of the chest, 100 to 120 times a minute.',
        '没有呼吸：在胸部正中用力快速按压，每分钟 100～120 次。',
        'hurt',
        'badly',
      ],
      ['Press a clean cloth firmly on wounds that bleed.', '用干净的布用力压住出血处。', 'hurt', 'lightly'],
      [
        'Everybody away from the vehicles, up the wind. No smoking.',
        '所有人远离车辆，到上风处，不要吸烟。',
        'danger',
        'yes',
      ],
      [
        'Take photographs of where the vehicles stand, then move them to the side.',
        '拍下车辆位置，然后把车移到路边。',
        'hurt',
        'no',
      ],
      ['Write down number plate, colour, and the way it went.', '记下车牌、颜色和逃逸方向。', 'fled', 'yes'],
    ],
  },
  {
    id: 'fight',
    name: ['People fighting', '打架斗殴'],
    types: ['FIGHT', 'ASSAULT', 'NCRASLTWF', 'FASX', 'FAS', 'DISORD', 'CRWD'],
    questions: [
      [
        'weapon',
        'Are weapons involved?',
        '有人持凶器吗？',
        [
          ['gun', 'Firearm', '枪', 6],
          ['blade', 'Knife, bottle, stick', '刀、酒瓶、棍棒', 5],
          ['none', 'None', '没有', 0],
          ['unknown', 'Not known', '不清楚', 1],
        ],
      ],
      ['going', 'Is it still going on?', '还在打吗？', yesNo(2, 0, 1)],
      ['hurt', 'Is anybody hurt?', '有人受伤吗？', yesNo(3, 0, 1)],
      [
        'many',
        'How many are fighting?',
        '有多少人？',
        [
          ['few', 'Two or three', '两三人', 0],
          ['group', 'Four to ten', '四到十人', 1],
          ['crowd', 'More', '更多', 3],
        ],
      ],
    ],
    steps: [
      [5, 1],
      [1, 2],
      [0, 3],
    ],
    instructions: [
      ['Keep away. Do not step between them.', '远离现场，不要上前劝架。'],
      [
        'Watch from a safe place and tell me what they look like and which way they go.',
        '在安全处观察，告诉我外貌特征和去向。',
      ],
      ['Go into a building and lock the door.', '进入建筑物内，锁好门。', 'weapon', 'gun'],
      [
        'Press a clean cloth on bleeding wounds once it is safe.',
        '安全后用干净的布压住出血伤口。',
        'hurt',
        'yes',
      ],
    ],
  },
  {
    id: 'burglary',
    name: ['Break-in', '入室盗窃'],
    types: ['BURGLARY', 'PROW', 'TRESPASS'],
    questions: [
      [
        'inside',
        'Is the intruder still there?',
        '小偷还在吗？',
        [
          ['yes', 'Yes, or it sounds so', '在，或听着像在', 5],
          ['fled', 'Just fled', '刚逃走', 3],
          ['no', 'No, found later', '不在，事后发现', 0],
          ['unknown', 'Not known', '不清楚', 2],
        ],
      ],
      ['home', 'Is anybody of yours in the building?', '您的家人或同事在里面吗？', yesNo(3, 0, 1)],
      ['weapon', 'Was a weapon seen?', '看到凶器吗？', yesNo(3)],
    ],
    steps: [
      [5, 1],
      [2, 2],
      [0, 3],
    ],
    instructions: [
      [
        'Stay quiet. Lock yourself into a room, or leave if you can do so unseen. Put your phone on silent.',
        '保持安静，反锁在房间里，或趁不被发现时离开。手机调静音。',
        'inside',
        'yes',
      ],
      [
        'If you cannot speak, tap once for yes and twice for no.',
        '不方便说话时，敲一下表示“是”，两下表示“不是”。',
        'inside',
        'yes',
      ],
      [
        'Do not follow. Tell me how they looked and which way they went.',
        '不要追赶，告诉我外貌和逃跑方向。',
        'inside',
        'fled',
      ],
      [
        'Touch nothing and let nobody in until the officers have been.',
        '不要触碰现场，民警到之前不要让人进入。',
      ],
    ],
  },
  {
    id: 'robbery',
    name: ['Robbery', '抢劫'],
    types: ['ROBBERY', 'CARJACK'],
    questions: [
      [
        'now',
        'Is it happening now?',
        '正在发生吗？',
        [
          ['now', 'Now', '正在发生', 6],
          ['just', 'Within the last ten minutes', '十分钟内', 4],
          ['earlier', 'Earlier', '更早', 0],
        ],
      ],
      ['weapon', 'Was a weapon used or shown?', '有凶器吗？', yesNo(3, 0, 1)],
      ['hurt', 'Is anybody hurt?', '有人受伤吗？', yesNo(3, 0, 1)],
    ],
    steps: [
      [4, 1],
      [1, 2],
      [0, 3],
    ],
    instructions: [
      ['Do not resist. Things can be replaced.', '不要反抗，生命比财物重要。', 'now', 'now'],
      ['Go to a safe place and lock the door.', '到安全的地方，锁好门。'],
      [
        'Tell me number of people, clothes, vehicle, and which way they went.',
        '告诉我人数、衣着、车辆和逃跑方向。',
        'now',
        'just',
      ],
      ['Touch nothing that they touched.', '他们碰过的东西不要动。'],
    ],
  },
  {
    id: 'domestic',
    name: ['Domestic violence', '家庭暴力'],
    types: ['DVA', 'DVNA', 'FAM', 'ABUSE'],
    questions: [
      [
        'safe',
        'Can you speak freely, and are you safe now?',
        '您方便说话吗？现在安全吗？',
        [
          ['no', 'No', '不', 5],
          ['hiding', 'Hiding or locked in', '躲着或反锁着', 4],
          ['yes', 'Yes', '是', 0],
        ],
      ],
      ['violence', 'Has there been violence today?', '今天动手了吗？', yesNo(3, 0, 1)],
      ['weapon', 'Weapons in the home or in hand?', '家里或手上有凶器吗？', yesNo(4, 0, 1)],
      ['children', 'Are children there?', '有孩子在吗？', yesNo(1)],
      ['hurt', 'Is anybody hurt?', '有人受伤吗？', yesNo(3, 0, 1)],
    ],
    steps: [
      [4, 1],
      [1, 2],
      [0, 3],
    ],
    instructions: [
      [
        'Answer only yes or no if somebody listens. I will ask so that this is enough.',
        '有人在旁边就只回答“是”或“不是”，我会这样问您。',
        'safe',
        'no',
      ],
      [
        'Go where there is a way out. Not the kitchen, not the bathroom.',
        '到有出口的地方，不要去厨房或卫生间。',
        'safe',
        'no',
      ],
      [
        'Stay where you are, door locked, and stay on the line.',
        '锁好门别动，不要挂电话。',
        'safe',
        'hiding',
      ],
      [
        'If you can leave safely, take the children and go to a neighbour.',
        '能安全离开就带上孩子去邻居家。',
        'children',
        'yes',
      ],
      [
        'Do not wash or clear away anything; it may be needed as evidence.',
        '不要清洗或收拾，这些可能是证据。',
        'violence',
        'yes',
      ],
    ],
  },
  {
    id: 'missing',
    name: ['Missing person', '人员走失'],
    types: ['PERMISS', 'RUNAWAY'],
    questions: [
      [
        'who',
        'Who is missing?',
        '走失的是谁？',
        [
          ['child', 'Child under 14', '14 岁以下儿童', 4],
          ['confused', 'Old or confused person', '老人或认知障碍者', 3],
          ['adult', 'Adult', '成年人', 0],
          ['youth', 'Young person', '青少年', 1],
        ],
      ],
      [
        'since',
        'Since when?',
        '走失多久了？',
        [
          ['hour', 'Less than an hour', '不到一小时', 0],
          ['hours', 'Some hours', '几小时', 1],
          ['day', 'Overnight or longer', '过夜或更久', 2],
        ],
      ],
      [
        'danger',
        'Do you fear harm: illness, a threat, a note, taken by somebody?',
        '是否担心出事（患病、扬言、留言、被人带走）？',
        yesNo(4, 0, 1),
      ],
      [
        'weather',
        'Is the person without shelter or medicine they need?',
        '是否缺少御寒或必需药物？',
        yesNo(2, 0, 1),
      ],
    ],
    steps: [
      [6, 1],
      [2, 2],
      [0, 3],
    ],
    instructions: [
      [
        'Tell me name, age, height, clothes, and where the person was last seen.',
        '请说姓名、年龄、身高、衣着和最后出现的地点。',
      ],
      ['Have a recent photograph ready to send.', '准备一张近照以便发送。'],
      [
        'Search the home again: cupboards, cellar, garden, cars.',
        '再找一遍家里：柜子、地下室、院子、车里。',
        'who',
        'child',
      ],
      ['Somebody should stay at home in case the person comes back.', '家里留人，以防本人回来。'],
    ],
  },
  {
    id: 'fraud',
    name: ['Fraud, payment to be stopped', '诈骗与紧急止付'],
    types: ['FRAUD', 'INTERNET', 'CRIMPS', 'IMP'],
    questions: [
      [
        'paid',
        'Has money been sent?',
        '钱转出去了吗？',
        [
          ['now', 'Within the last half hour', '半小时内', 5],
          ['today', 'Today', '今天', 3],
          ['earlier', 'Earlier', '更早', 0],
          ['no', 'Not yet', '还没有', 1],
        ],
      ],
      [
        'contact',
        'Are they still in contact with you, or on another line?',
        '对方还在和您联系或另一条线上吗？',
        yesNo(2),
      ],
      [
        'remote',
        'Do they have access to your phone or computer?',
        '对方能控制您的手机或电脑吗？',
        yesNo(2, 0, 1),
      ],
      ['meeting', 'Is somebody coming to fetch money?', '有人要上门取钱吗？', yesNo(4)],
    ],
    steps: [
      [4, 2],
      [1, 3],
      [0, 4],
    ],
    instructions: [
      ['Send nothing more and tell them nothing. Hang up on them.', '不要再转钱，不要再透露信息，挂断对方。'],
      [
        "Call your bank's emergency number now and ask to stop the payment. Have the receiving account and the time ready.",
        '马上拨打银行客服要求紧急止付，准备好收款账号和转账时间。',
        'paid',
        'now',
      ],
      [
        'Have the receiving account, amount and time ready: I will pass them on for an emergency stop.',
        '请告诉我收款账号、金额、时间，我来提交紧急止付。',
        'paid',
        'today',
      ],
      [
        'Switch the phone to flight mode, and use another one to call the bank.',
        '把手机开到飞行模式，用另一部电话联系银行。',
        'remote',
        'yes',
      ],
      [
        'Do not open the door. Keep them waiting, if you are safe.',
        '不要开门，在安全的情况下拖住对方。',
        'meeting',
        'yes',
      ],
      ['Delete nothing: chats, numbers and receipts are evidence.', '聊天记录、号码、转账凭证都不要删除。'],
    ],
  },
];
