import { type CardTable, yesNo } from './question-card-table.js';

/**
 * Illness, injury and crisis. What is told to the caller is public first-aid knowledge (ILCOR consensus, the public
 * guidance of Red Cross societies), in our own words. It is to be approved by the agency's medical director before it
 * is read out to anyone.
 */
export const MEDICAL_CARDS: readonly CardTable[] = [
  {
    id: 'unconscious',
    name: ['Cardiac arrest or unconscious', '心脏骤停或昏迷'],
    types: ['PERUNCON', 'NCRCPRF', 'RESPARR', 'ELEC', 'SLMP', 'SEIZURE', 'OD'],
    questions: [
      [
        'awake',
        'Is the person awake, or do they answer when you speak to them?',
        '患者清醒吗？叫他有反应吗？',
        yesNo(-1, 4, 3),
      ],
      [
        'breathing',
        'Is the person breathing normally? Gasping now and then is not breathing.',
        '患者呼吸正常吗？（偶尔喘一口气不算正常呼吸）',
        [
          ['normal', 'Normally', '正常', 0],
          ['hard', 'With difficulty', '困难', 4],
          ['none', 'Not, or only gasps', '没有呼吸或只有喘息', 8],
          ['unknown', 'Not known', '不清楚', 3],
        ],
      ],
      [
        'seen',
        'Did somebody see the collapse?',
        '有人看到患者倒下吗？',
        [
          ['now', 'Yes, just now', '有，刚刚', 1],
          ['earlier', 'Yes, some time ago', '有，已有一段时间', 0],
          ['no', 'Nobody saw it', '没人看到', 0],
        ],
      ],
      [
        'danger',
        'Is there danger at the place: electricity, traffic, gas?',
        '现场有触电、车流、燃气等危险吗？',
        yesNo(1),
      ],
    ],
    steps: [
      [3, 1],
      [-1, 2],
    ],
    instructions: [
      [
        'Only go near if it is safe for you. Switch off electricity first.',
        '确认自身安全再靠近；如有电，先断电。',
        'danger',
        'yes',
      ],
      ['Put the phone on loudspeaker and stay on the line with me.', '请把手机开免提，不要挂断，听我说。'],
      [
        'Lay the person flat on the back on firm ground and kneel beside the chest.',
        '让患者平躺在硬地面上，您跪在胸部旁边。',
        'breathing',
        'none',
      ],
      [
        'Put the heel of one hand in the centre of the chest, the other hand on top. Push hard and fast: 5 to 6 cm deep, 100 to 120 times a minute. Let the chest come up each time. Count aloud with me.',
        '一只手掌根放在胸部正中，另一只手叠在上面，用力、快速按压：深 5～6 厘米，每分钟 100～120 次，每次让胸廓完全回弹。跟我一起数。',
        'breathing',
        'none',
      ],
      [
        'Send somebody for a defibrillator (AED) if one is near. Switch it on and do what it says.',
        '附近有 AED 的话请人去取，打开后按语音提示操作。',
        'breathing',
        'none',
      ],
      [
        'Do not stop until help takes over or the person moves and breathes. Change over every two minutes if you can.',
        '不要停，直到救护人员接手或患者有动作、有呼吸。有人替换时每两分钟换一次。',
        'breathing',
        'none',
      ],
      [
        'Roll the person on to the side, head tilted back so that the airway stays open. Watch every breath. Tell me at once if it stops.',
        '让患者侧卧，头稍后仰，保持气道通畅。盯着呼吸，一停马上告诉我。',
        'breathing',
        'normal',
      ],
      [
        'Let the person sit or lie as breathing is easiest. Loosen tight clothes.',
        '让患者以呼吸最轻松的姿势坐着或躺着，松开衣领。',
        'breathing',
        'hard',
      ],
      ['Give nothing to eat or drink.', '不要给患者吃喝任何东西。'],
    ],
  },
  {
    id: 'breathing',
    name: ['Trouble breathing', '呼吸困难'],
    types: ['RESP', 'ALLERGIC', 'CHESPAIN', 'CARDIAC', 'CHOKE'],
    questions: [
      ['speaks', 'Can the person speak in whole sentences?', '患者能说整句话吗？', yesNo(0, 4, 2)],
      [
        'colour',
        'Are lips or face blue, grey or very pale?',
        '嘴唇或脸色发紫、发灰或很苍白吗？',
        yesNo(4, 0, 1),
      ],
      [
        'began',
        'How did it begin?',
        '怎么开始的？',
        [
          ['choking', 'While eating, or something in the mouth', '进食或口中有异物时', 5],
          ['allergy', 'After a sting, food or medicine', '蜇咬、进食或用药后', 3],
          ['chest', 'With pain or pressure in the chest', '伴胸痛或胸闷', 3],
          ['slowly', 'Slowly, over hours or days', '几小时或几天里慢慢加重', 0],
          ['unknown', 'Not known', '不清楚', 1],
        ],
      ],
      [
        'medicine',
        'Does the person have an inhaler or an adrenaline pen?',
        '患者有吸入剂或肾上腺素笔吗？',
        yesNo(0),
      ],
    ],
    steps: [
      [3, 1],
      [1, 2],
      [0, 3],
    ],
    instructions: [
      [
        'Let the person sit upright, leaning a little forward. Do not make them lie down.',
        '让患者坐直、稍向前倾，不要让他平躺。',
      ],
      [
        'If they can cough, let them cough. If not: five firm blows between the shoulder blades with the heel of your hand.',
        '能咳就让他咳。咳不出来：用掌根在两肩胛之间用力拍五下。',
        'began',
        'choking',
      ],
      [
        'Still blocked: stand behind, fist above the navel, pull sharply inwards and upwards, five times; then five blows again. Not for babies or pregnant women.',
        '仍堵住：站到背后，拳头放在肚脐上方，快速向内向上冲击五次，再拍背五下，交替进行。婴儿和孕妇不可这样做。',
        'began',
        'choking',
      ],
      [
        "Help with the person's own inhaler or pen, as prescribed for them.",
        '按本人医嘱，帮他使用自己的吸入剂或肾上腺素笔。',
        'medicine',
        'yes',
      ],
      ['Keep the person still. Do not let them walk.', '让患者保持不动，不要走动。', 'began', 'chest'],
      ['Tell me at once if they no longer answer or stop breathing.', '一旦叫不应或停止呼吸，马上告诉我。'],
    ],
  },
  {
    id: 'bleeding',
    name: ['Bleeding or injury', '出血或外伤'],
    types: ['HEMRG', 'TRAUMA', 'TRAUMAP', 'FALL', 'BLEEDING', 'BITE', 'STABBING'],
    questions: [
      ['awake', 'Is the person awake and breathing normally?', '患者清醒、呼吸正常吗？', yesNo(0, 5, 2)],
      [
        'bleeding',
        'How strong is the bleeding?',
        '出血有多严重？',
        [
          ['spurting', 'Spurting or pooling', '喷出或流成一滩', 5],
          ['flowing', 'Flowing steadily', '持续流出', 3],
          ['little', 'A little, or none', '少量或没有', 0],
          ['unknown', 'Not known', '不清楚', 1],
        ],
      ],
      [
        'where',
        'Where is the injury?',
        '伤在哪里？',
        [
          ['trunk', 'Head, neck, chest or belly', '头、颈、胸或腹', 3],
          ['limb', 'Arm or leg', '手臂或腿', 0],
          ['many', 'Several places', '多处', 3],
          ['unknown', 'Not known', '不清楚', 1],
        ],
      ],
      [
        'attacker',
        'Did somebody do this, and are they still there?',
        '是被人伤害的吗？行凶者还在吗？',
        [
          ['here', 'Yes, still there', '是，还在', 3],
          ['gone', 'Yes, gone', '是，已离开', 1],
          ['no', 'No', '不是', 0],
        ],
      ],
    ],
    steps: [
      [4, 1],
      [2, 2],
      [0, 3],
    ],
    instructions: [
      ['Get yourself to safety first. Do not go back.', '先到安全的地方，不要回去。', 'attacker', 'here'],
      [
        'Press firmly on the wound with a clean cloth and do not let go. If it soaks through, put more on top.',
        '用干净的布用力压住伤口，不要松手。渗透了就在上面再加。',
        'bleeding',
        'spurting',
      ],
      [
        'Press firmly on the wound with a clean cloth and do not let go.',
        '用干净的布用力压住伤口，不要松手。',
        'bleeding',
        'flowing',
      ],
      [
        'Leave anything that is stuck in the wound where it is; press beside it.',
        '插在伤口里的东西不要拔，压住旁边。',
      ],
      ['Lay the person down and keep them warm.', '让患者躺下并保暖。'],
      [
        'Do not move the person unless there is danger. Hold the head still if the neck may be hurt.',
        '没有危险就不要移动患者；可能伤到颈部时固定头部。',
        'where',
        'trunk',
      ],
      ['Give nothing to eat or drink.', '不要给患者吃喝任何东西。'],
    ],
  },
  {
    id: 'crisis',
    name: ['Person in crisis', '情绪危机或轻生'],
    types: ['SUICTHRT', 'SUICIDE', 'EDP', 'MNTL', 'MTLV'],
    questions: [
      [
        'now',
        'What is happening now?',
        '现在是什么情况？',
        [
          ['doing', 'Has begun to hurt themselves', '已经开始伤害自己', 6],
          ['place', 'In a dangerous place: roof, bridge, water', '在楼顶、桥上、水边等危险处', 5],
          ['speaks', 'Speaks of it', '口头说要轻生', 2],
          ['upset', 'Upset or confused only', '只是激动或混乱', 0],
        ],
      ],
      [
        'weapon',
        'Is a weapon or something dangerous within reach?',
        '身边有刀具等危险物品吗？',
        yesNo(3, 0, 1),
      ],
      ['others', 'Has the person threatened or hurt others?', '有没有威胁或伤害别人？', yesNo(3, 0, 1)],
      ['alone', 'Is somebody with the person?', '有人陪着吗？', yesNo(0, 1, 1)],
    ],
    steps: [
      [4, 1],
      [2, 2],
      [0, 3],
    ],
    instructions: [
      [
        'Stay with the person if it is safe for you. Speak calmly, listen, do not argue.',
        '如果您安全，请陪着他。说话平静，多听，不要争辩。',
      ],
      [
        'Do not try to hold or drag the person. Keep a distance and keep talking.',
        '不要强行拉拽。保持距离，继续和他说话。',
        'now',
        'place',
      ],
      [
        'If you can do so safely, put knives, medicines and other dangers out of reach.',
        '在安全的情况下，把刀具、药品等拿开。',
        'weapon',
        'no',
      ],
      [
        'Keep away from the weapon. Leave the room if you feel threatened.',
        '远离凶器，感到危险就离开房间。',
        'weapon',
        'yes',
      ],
      [
        'If something was swallowed, keep the packet for the crew. Do not make the person vomit.',
        '如已服药，把药盒留给救护人员，不要催吐。',
        'now',
        'doing',
      ],
    ],
  },
];
