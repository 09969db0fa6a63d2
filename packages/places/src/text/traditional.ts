/** Traditional characters that occur in addresses and names of places, each followed by its simplified form. */
const PAIRS = `
號号樓楼區区縣县鎮镇鄉乡東东廣广場场國国門门園园橋桥灣湾龍龙鳳凤長长華华陽阳陰阴豐丰衛卫車车馬马島岛農农學学醫医館馆機机鐵铁運运
動动會会師师範范開开關关與与興兴慶庆遠远進进達达連连濱滨濟济漢汉錦锦銀银鋼钢鍾钟鐘钟雲云電电頭头順顺飛飞麗丽點点寶宝實实寧宁將将
嶺岭岡冈峽峡幹干彎弯後后從从愛爱應应戰战護护聯联聖圣臺台萬万蘇苏蘭兰藝艺蔣蒋藍蓝處处觀观譚谭貴贵貿贸賓宾賢贤趙赵軍军輝辉輪轮邊边
鄧邓鄰邻錢钱閘闸閣阁隊队陳陈陸陆際际隴陇雙双離离靜静韓韩顧顾風风餘余養养騰腾驛驿魚鱼鳥鸟鶴鹤鹽盐黃黄齊齐內内劉刘勝胜勞劳協协
單单吳吴員员圍围圓圆壩坝壽寿孫孙專专對对層层巖岩廠厂廟庙張张徑径懷怀戶户書书業业榮荣樂乐樹树歐欧氣气沖冲湯汤溝沟滙汇匯汇漁渔潤润
澤泽烏乌煙烟爐炉爾尔獅狮環环畢毕當当療疗發发監监盤盘礦矿禮礼穀谷窯窑節节築筑糧粮紅红紀纪級级紡纺綠绿網网線线緯纬經经織织羅罗義义
舊旧莊庄葉叶鄭郑許许謝谢賴赖鐮镰鎖锁陝陕贛赣滬沪瓊琼遼辽魯鲁蕪芜棟栋裏里裡里衝冲週周傑杰億亿倉仓偉伟傳传價价兒儿倫伦優优
`;

const SIMPLIFIED: ReadonlyMap<string, string> = new Map(
  [...PAIRS.replaceAll('\n', '').matchAll(/(.)(.)/gu)].map(([, old = '', simple = '']) => [old, simple]),
);

/** The simplified form of a character that is common in addresses; any other character as it is. */
export const simplifiedOf = (character: string): string => SIMPLIFIED.get(character) ?? character;
