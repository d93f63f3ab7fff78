/** Files that came with patients from elsewhere; `patient` is the index in the list of patients. */
export const demoAttachments = [
  {
    patient: 0,
    daysAgo: 33,
    fileName: "nephrology-letter-2019.txt",
    text: `Riverside Nephrology, 14 May 2019

Thank you for sending this patient. Ultrasound: both kidneys slightly small, no obstruction.
eGFR 46 mL/min. Chronic kidney disease stage 3, most likely of hypertension.
Please avoid NSAIDs and check creatinine and potassium every three months.
`,
  },
  {
    patient: 5,
    daysAgo: 16,
    fileName: "echocardiography.txt",
    text: `Echocardiography: left ventricular ejection fraction 35 %, left atrium enlarged,
moderate mitral regurgitation, no pericardial effusion.
`,
  },
] as const;
