/**
 * A starter catalogue of common tests. Codes and names are LOINC's (see NOTICE.md); short names, categories, ranges and
 * critical limits are our own, typical of adults, for demonstration: each laboratory replaces them by its own.
 */
export type DemoTest = {
  code: string;
  name: string;
  shortName: string;
  category: string;
  specimen: string;
  /** UCUM; null for panels and worded answers. */
  unit: string | null;
  /** Codes of what is inside; empty for a single test. */
  members: readonly string[];
  /** Usual limits; either may be absent. */
  low?: number;
  high?: number;
  criticalLow?: number;
  criticalHigh?: number;
  /** Decimals a value is reported with. */
  decimals: number;
  /** Worded answers, the normal one first. */
  answers?: readonly string[];
};

type Limits = { low?: number; high?: number; criticalLow?: number; criticalHigh?: number };

/** `low-high` or `<high` or `>low`, then, after a bar, the critical ones: `3.5-5.1 | 2.8-6.2`. */
function limitsOf(text: string): Limits {
  const [usual = "", critical = ""] = text.split("|").map((part) => part.trim());
  const [low, high] = range(usual);
  const [criticalLow, criticalHigh] = range(critical);
  const given = { low, high, criticalLow, criticalHigh };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Limits;
}

function range(text: string): [number | undefined, number | undefined] {
  if (text.startsWith("<")) return [undefined, Number(text.slice(1))];
  if (text.startsWith(">")) return [Number(text.slice(1)), undefined];
  const [low, high] = text.split("-");
  return low && high ? [Number(low), Number(high)] : [undefined, undefined];
}

const group =
  (category: string, specimen: string) =>
  (code: string, name: string, shortName: string, unit: string, limits: string, decimals = 0): DemoTest => ({
    code,
    name,
    shortName,
    category,
    specimen,
    unit,
    members: [],
    ...limitsOf(limits),
    decimals,
  });
const worded =
  (category: string, specimen: string) =>
  (code: string, name: string, shortName: string, answers: readonly string[]): DemoTest => ({
    code,
    name,
    shortName,
    category,
    specimen,
    unit: null,
    members: [],
    decimals: 0,
    answers,
  });
const panel = (
  code: string,
  name: string,
  shortName: string,
  category: string,
  specimen: string,
  members: string,
): DemoTest => ({
  code,
  name,
  shortName,
  category,
  specimen,
  unit: null,
  members: members.split(" "),
  decimals: 0,
});

const chem = group("Chemistry", "Serum or plasma");
const blood = group("Hematology", "Whole blood");
const clot = group("Coagulation", "Citrate plasma");
const gas = group("Blood gas", "Arterial blood");
const drug = group("Drug level", "Serum or plasma");
const urine = group("Urinalysis", "Urine");
const strip = worded("Urinalysis", "Urine");
const serology = worded("Serology", "Serum or plasma");
const micro = worded("Microbiology", "See order");
const grades = ["Negative", "Trace", "1+", "2+", "3+"];

export const demoTests: readonly DemoTest[] = [
  panel(
    "58410-2",
    "CBC panel - Blood by Automated count",
    "Complete blood count (CBC)",
    "Hematology",
    "Whole blood",
    "6690-2 789-8 718-7 4544-3 787-2 785-6 786-4 788-0 777-3",
  ),
  panel(
    "24321-2",
    "Basic metabolic 2000 panel - Serum or Plasma",
    "Basic metabolic panel (BMP)",
    "Chemistry",
    "Serum or plasma",
    "2345-7 3094-0 2160-0 17861-6 2951-2 2823-3 2075-0 2028-9",
  ),
  panel(
    "24323-8",
    "Comprehensive metabolic 2000 panel - Serum or Plasma",
    "Comprehensive metabolic panel (CMP)",
    "Chemistry",
    "Serum or plasma",
    "2345-7 3094-0 2160-0 17861-6 2951-2 2823-3 2075-0 2028-9 2885-2 1751-7 1975-2 6768-6 1742-6 1920-8",
  ),
  panel(
    "24325-3",
    "Hepatic function 2000 panel - Serum or Plasma",
    "Liver panel",
    "Chemistry",
    "Serum or plasma",
    "2885-2 1751-7 1975-2 1968-7 6768-6 1742-6 1920-8",
  ),
  panel(
    "24331-1",
    "Lipid 1996 panel - Serum or Plasma",
    "Lipid panel",
    "Chemistry",
    "Serum or plasma",
    "2093-3 2571-8 2085-9 13457-7",
  ),
  panel(
    "34528-0",
    "PT panel - Platelet poor plasma by Coagulation assay",
    "PT and INR",
    "Coagulation",
    "Citrate plasma",
    "5902-2 6301-6",
  ),
  panel(
    "24336-0",
    "Gas panel - Arterial blood",
    "Arterial blood gas",
    "Blood gas",
    "Arterial blood",
    "2744-1 2019-8 2703-7 1960-4",
  ),
  panel(
    "24356-8",
    "Urinalysis complete panel - Urine",
    "Urinalysis",
    "Urinalysis",
    "Urine",
    "5811-5 5803-2 20454-5 25428-4 2514-8 5794-3 5802-4 5799-2",
  ),
  blood(
    "6690-2",
    "Leukocytes [#/volume] in Blood by Automated count",
    "White cells (WBC)",
    "10*3/uL",
    "4.0-11.0 | 1.5-50",
    1,
  ),
  blood("789-8", "Erythrocytes [#/volume] in Blood by Automated count", "Red cells (RBC)", "10*6/uL", "4.0-5.9", 2),
  blood("718-7", "Hemoglobin [Mass/volume] in Blood", "Hemoglobin", "g/dL", "12.0-17.0 | 7.0-20.0", 1),
  blood(
    "4544-3",
    "Hematocrit [Volume Fraction] of Blood by Automated count",
    "Hematocrit",
    "%",
    "36.0-50.0 | 21.0-60.0",
    1,
  ),
  blood("787-2", "MCV [Entitic volume] by Automated count", "MCV", "fL", "80.0-100.0", 1),
  blood("785-6", "MCH [Entitic mass] by Automated count", "MCH", "pg", "27.0-33.0", 1),
  blood("786-4", "MCHC [Mass/volume] by Automated count", "MCHC", "g/dL", "32.0-36.0", 1),
  blood("788-0", "Erythrocyte distribution width [Ratio] by Automated count", "RDW", "%", "11.5-14.5", 1),
  blood("777-3", "Platelets [#/volume] in Blood by Automated count", "Platelets", "10*3/uL", "150-400 | 20-1000"),
  blood("4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", "HbA1c", "%", "4.0-5.6", 1),
  blood("30341-2", "Erythrocyte sedimentation rate", "ESR", "mm/h", "<20"),
  chem("2345-7", "Glucose [Mass/volume] in Serum or Plasma", "Glucose", "mg/dL", "70-99 | 40-450"),
  chem("3094-0", "Urea nitrogen [Mass/volume] in Serum or Plasma", "Urea nitrogen (BUN)", "mg/dL", "7-20 | <100"),
  chem("2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "Creatinine", "mg/dL", "0.60-1.20 | <7.40", 2),
  chem("17861-6", "Calcium [Mass/volume] in Serum or Plasma", "Calcium", "mg/dL", "8.6-10.2 | 6.5-13.0", 1),
  chem("2951-2", "Sodium [Moles/volume] in Serum or Plasma", "Sodium", "mmol/L", "136-145 | 120-160"),
  chem("2823-3", "Potassium [Moles/volume] in Serum or Plasma", "Potassium", "mmol/L", "3.5-5.1 | 2.8-6.2", 1),
  chem("2075-0", "Chloride [Moles/volume] in Serum or Plasma", "Chloride", "mmol/L", "98-107 | 80-120"),
  chem("2028-9", "Carbon dioxide, total [Moles/volume] in Serum or Plasma", "CO2, total", "mmol/L", "22-29 | 10-40"),
  chem("2885-2", "Protein [Mass/volume] in Serum or Plasma", "Total protein", "g/dL", "6.0-8.3", 1),
  chem("1751-7", "Albumin [Mass/volume] in Serum or Plasma", "Albumin", "g/dL", "3.5-5.0", 1),
  chem("1975-2", "Bilirubin.total [Mass/volume] in Serum or Plasma", "Bilirubin, total", "mg/dL", "0.2-1.2 | <15.0", 1),
  chem("1968-7", "Bilirubin.direct [Mass/volume] in Serum or Plasma", "Bilirubin, direct", "mg/dL", "0.0-0.3", 1),
  chem(
    "6768-6",
    "Alkaline phosphatase [Enzymatic activity/volume] in Serum or Plasma",
    "Alkaline phosphatase",
    "U/L",
    "40-129",
  ),
  chem(
    "1742-6",
    "Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma",
    "ALT",
    "U/L",
    "7-40 | <1000",
  ),
  chem(
    "1920-8",
    "Aspartate aminotransferase [Enzymatic activity/volume] in Serum or Plasma",
    "AST",
    "U/L",
    "8-40 | <1000",
  ),
  chem("2093-3", "Cholesterol [Mass/volume] in Serum or Plasma", "Cholesterol", "mg/dL", "<200"),
  chem("2571-8", "Triglyceride [Mass/volume] in Serum or Plasma", "Triglycerides", "mg/dL", "<150 | <1000"),
  chem("2085-9", "Cholesterol in HDL [Mass/volume] in Serum or Plasma", "HDL cholesterol", "mg/dL", ">40"),
  chem(
    "13457-7",
    "Cholesterol in LDL [Mass/volume] in Serum or Plasma by calculation",
    "LDL cholesterol",
    "mg/dL",
    "<100",
  ),
  chem("3016-3", "Thyrotropin [Units/volume] in Serum or Plasma", "TSH", "m[IU]/L", "0.40-4.00 | <50.00", 2),
  chem("3024-7", "Thyroxine (T4) free [Mass/volume] in Serum or Plasma", "T4, free", "ng/dL", "0.80-1.80", 2),
  chem(
    "89579-7",
    "Troponin I.cardiac [Mass/volume] in Serum or Plasma by High sensitivity method",
    "Troponin I, high sensitivity",
    "ng/L",
    "<26 | <100",
  ),
  chem(
    "33762-6",
    "Natriuretic peptide.B prohormone N-Terminal [Mass/volume] in Serum or Plasma",
    "NT-proBNP",
    "pg/mL",
    "<125",
  ),
  chem("1988-5", "C reactive protein [Mass/volume] in Serum or Plasma", "C-reactive protein (CRP)", "mg/L", "<5.0", 1),
  chem("33959-8", "Procalcitonin [Mass/volume] in Serum or Plasma", "Procalcitonin", "ng/mL", "<0.10 | <10.00", 2),
  chem("2524-7", "Lactate [Moles/volume] in Serum or Plasma", "Lactate", "mmol/L", "0.5-2.2 | <4.0", 1),
  chem("19123-9", "Magnesium [Mass/volume] in Serum or Plasma", "Magnesium", "mg/dL", "1.7-2.2 | 1.0-4.9", 1),
  chem("2777-1", "Phosphate [Mass/volume] in Serum or Plasma", "Phosphate", "mg/dL", "2.5-4.5 | 1.0-8.9", 1),
  chem("3084-1", "Urate [Mass/volume] in Serum or Plasma", "Uric acid", "mg/dL", "3.5-7.2", 1),
  chem("2276-4", "Ferritin [Mass/volume] in Serum or Plasma", "Ferritin", "ng/mL", "15-300"),
  chem("2498-4", "Iron [Mass/volume] in Serum or Plasma", "Iron", "ug/dL", "50-170"),
  chem("2500-7", "Iron binding capacity [Mass/volume] in Serum or Plasma", "Iron binding capacity", "ug/dL", "250-450"),
  chem("2132-9", "Cobalamin (Vitamin B12) [Mass/volume] in Serum or Plasma", "Vitamin B12", "pg/mL", "200-900"),
  chem("2284-8", "Folate [Mass/volume] in Serum or Plasma", "Folate", "ng/mL", "3.0-20.0", 1),
  chem(
    "2157-6",
    "Creatine kinase [Enzymatic activity/volume] in Serum or Plasma",
    "Creatine kinase (CK)",
    "U/L",
    "30-200",
  ),
  chem("2532-0", "Lactate dehydrogenase [Enzymatic activity/volume] in Serum or Plasma", "LDH", "U/L", "125-220"),
  chem("2324-2", "Gamma glutamyl transferase [Enzymatic activity/volume] in Serum or Plasma", "GGT", "U/L", "5-55"),
  chem("3040-3", "Lipase [Enzymatic activity/volume] in Serum or Plasma", "Lipase", "U/L", "13-60 | <600"),
  chem("2857-1", "Prostate specific Ag [Mass/volume] in Serum or Plasma", "PSA", "ng/mL", "<4.00", 2),
  chem("19080-1", "Choriogonadotropin [Units/volume] in Serum or Plasma", "hCG", "m[IU]/mL", "<5"),
  clot("5902-2", "Prothrombin time (PT)", "Prothrombin time", "s", "11.0-13.5 | <40.0", 1),
  clot("6301-6", "INR in Platelet poor plasma by Coagulation assay", "INR", "{INR}", "0.9-1.1 | <5.0", 1),
  clot("14979-9", "aPTT in Platelet poor plasma by Coagulation assay", "aPTT", "s", "25.0-35.0 | <100.0", 1),
  clot(
    "3255-7",
    "Fibrinogen [Mass/volume] in Platelet poor plasma by Coagulation assay",
    "Fibrinogen",
    "mg/dL",
    "200-400 | >100",
  ),
  clot("48065-7", "Fibrin D-dimer FEU [Mass/volume] in Platelet poor plasma", "D-dimer", "ng/mL{FEU}", "<500"),
  gas("2744-1", "pH of Arterial blood", "pH, arterial", "[pH]", "7.35-7.45 | 7.20-7.60", 2),
  gas("2019-8", "Carbon dioxide [Partial pressure] in Arterial blood", "pCO2, arterial", "mm[Hg]", "35-45 | 20-70"),
  gas("2703-7", "Oxygen [Partial pressure] in Arterial blood", "pO2, arterial", "mm[Hg]", "80-100 | >40"),
  gas("1960-4", "Bicarbonate [Moles/volume] in Arterial blood", "Bicarbonate, arterial", "mmol/L", "22-26 | 10-40"),
  drug("10535-3", "Digoxin [Mass/volume] in Serum or Plasma", "Digoxin", "ng/mL", "0.8-2.0 | <2.5", 1),
  drug(
    "4092-3",
    "Vancomycin [Mass/volume] in Serum or Plasma --trough",
    "Vancomycin, trough",
    "ug/mL",
    "10.0-20.0 | <25.0",
    1,
  ),
  urine("5811-5", "Specific gravity of Urine by Test strip", "Specific gravity, urine", "{SG}", "1.005-1.030", 3),
  urine("5803-2", "pH of Urine by Test strip", "pH, urine", "[pH]", "5.0-8.0", 1),
  urine("9318-7", "Albumin/Creatinine [Mass Ratio] in Urine", "Albumin/creatinine, urine", "mg/g{creat}", "<30"),
  strip("20454-5", "Protein [Presence] in Urine by Test strip", "Protein, urine", grades),
  strip("25428-4", "Glucose [Presence] in Urine by Test strip", "Glucose, urine", grades),
  strip("2514-8", "Ketones [Presence] in Urine by Test strip", "Ketones, urine", grades),
  strip("5794-3", "Hemoglobin [Presence] in Urine by Test strip", "Blood, urine", grades),
  strip("5802-4", "Nitrite [Presence] in Urine by Test strip", "Nitrite, urine", ["Negative", "Positive"]),
  strip("5799-2", "Leukocyte esterase [Presence] in Urine by Test strip", "Leukocyte esterase, urine", grades),
  serology(
    "56888-1",
    "HIV 1+2 Ab+HIV1 p24 Ag [Presence] in Serum or Plasma by Immunoassay",
    "HIV antigen and antibody",
    ["Non-reactive", "Reactive"],
  ),
  serology(
    "5196-1",
    "Hepatitis B virus surface Ag [Presence] in Serum or Plasma by Immunoassay",
    "Hepatitis B surface antigen",
    ["Non-reactive", "Reactive"],
  ),
  serology("16128-1", "Hepatitis C virus Ab [Presence] in Serum", "Hepatitis C antibody", ["Non-reactive", "Reactive"]),
  micro("630-4", "Bacteria identified in Urine by Culture", "Urine culture", [
    "No growth",
    "Escherichia coli, more than 100,000 CFU/mL",
  ]),
  micro("600-7", "Bacteria identified in Blood by Culture", "Blood culture", [
    "No growth after 5 days",
    "Staphylococcus aureus",
  ]),
  micro(
    "94500-6",
    "SARS-CoV-2 (COVID-19) RNA [Presence] in Respiratory system specimen by NAA with probe detection",
    "SARS-CoV-2 PCR",
    ["Not detected", "Detected"],
  ),
];

const byCode = new Map(demoTests.map((test) => [test.code, test]));

/** A test of the catalogue. @throws where there is none of that code */
export function demoTest(code: string): DemoTest {
  const test = byCode.get(code);
  if (!test) throw new Error(`The demo catalogue has no test ${code}.`);
  return test;
}
