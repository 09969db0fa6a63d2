import type { Localized } from './vocabulary.js';

/** Who would choose a disposition; `any` for all services. */
export type DispositionService = 'any' | 'police' | 'fire' | 'medical';

/** How an agency's part in an incident ended. At least one is required to close an incident. */
export interface Disposition {
  /** Two digits for the common codes; an agency's own codes must not be two digits. */
  readonly code: string;
  readonly name: Localized;
  readonly service: DispositionService;
}

const rows = (service: DispositionService, ...list: readonly (readonly [string, string, string])[]) =>
  list.map(([code, en, zh]): Disposition => ({ code, name: { en, zh }, service }));

/**
 * The 45 common disposition codes of APCO ANS 1.111.2-2018, as adopted by the EIDO registry of common disposition
 * codes (NENA-STA-021.1b-2022, table 3-5, which keeps 46 to 100 for later editions). The wording is our own.
 * Codes 23 to 31 stand for the series of actions taken of the US National Fire Incident Reporting System.
 */
export const DISPOSITIONS: readonly Disposition[] = [
  ...rows(
    'any',
    ['01', 'Report written', '已制作报告'],
    ['02', 'No report needed', '无需报告'],
    ['05', 'Settled by telephone', '电话处理完毕'],
    ['08', 'Further report written', '已补充报告'],
    ['10', 'Incident called off', '警情取消'],
    ['13', 'Noted for information', '信息备案'],
    ['14', 'Nobody there, or not found', '到场未发现'],
    ['15', 'Handed to a partner body', '移交联动单位'],
    ['16', 'Person taken or escorted', '护送或送达'],
    ['17', 'False alarm from weather, power or animal', '误报（天气、停电或动物所致）'],
    ['18', 'Settled in person', '当面处理完毕'],
    ['21', 'Unit stood down on the way', '途中取消派遣'],
    ['22', 'Same incident reported before', '重复报警取消'],
    ['32', 'Called off before arrival', '到场前取消'],
    ['35', 'Stood by, nothing needed', '现场待命未参与处置'],
    ['36', 'Stood by in support of others', '现场保障支援'],
  ),
  ...rows(
    'police',
    ['03', 'Person arrested', '已抓获'],
    ['04', 'Warning or ticket given', '警告或开具罚单'],
    ['06', 'Lookout sent out', '已发布协查'],
    ['07', 'Left to civil law', '告知民事途径解决'],
    ['09', 'Summons for an offence', '传唤或违法告知'],
    ['11', 'Person questioned on the spot', '现场盘查询问'],
    ['12', 'Property seized or kept', '扣押或接收物品'],
    ['20', 'Building checked and locked', '建筑物核查安全'],
  ),
  ...rows(
    'fire',
    ['19', 'Building unfit for use', '建筑物禁止使用'],
    ['23', 'Fire put out or held', '火灾扑灭或控制'],
    ['24', 'Search or rescue done', '完成搜救'],
    ['26', 'Hazard dealt with', '险情排除'],
    ['27', 'Fire, rescue and hazard together', '火灾、救援与险情综合处置'],
    ['28', 'Systems or services restored', '恢复设施与供应'],
    ['29', 'Help given', '提供协助'],
    ['30', 'Looked into or enforced', '调查与执法'],
    ['31', 'Filled in for another station', '移防补位'],
  ),
  ...rows(
    'medical',
    ['25', 'Patient cared for and moved by fire service', '消防救护并转送'],
    ['33', 'Treated, taken by police', '处置后由警方送医'],
    ['34', 'Treated, taken by private car', '处置后由私家车送医'],
    ['37', 'Organs or body parts carried', '仅运送器官或遗体部分'],
    ['38', 'No patient there', '现场无伤病员'],
    ['39', 'Dead at the scene, left there', '现场死亡未转运'],
    ['40', 'Dead at the scene, moved by ambulance', '现场死亡由救护车转运'],
    ['41', 'Examined, no need to treat', '检查后无需处置'],
    ['42', 'Patient declined care', '患者拒绝救治'],
    ['43', 'Treated and left at the scene', '处置后未转送'],
    ['44', 'Treated, handed to another crew', '处置后移交其他急救单位'],
    ['45', 'Treated, taken by ambulance', '处置后由救护车送医'],
  ),
].sort((a, b) => a.code.localeCompare(b.code, 'en'));

const byCode = new Map(DISPOSITIONS.map((disposition) => [disposition.code, disposition]));

/** The shipped disposition of that code. */
export const findDisposition = (code: string): Disposition | undefined => byCode.get(code);
