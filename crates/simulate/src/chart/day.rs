//! Charts of those who have written lately; what they write agrees with them.

use super::Chart;
use super::kinds::*;

impl Chart<'_> {
    /// Writes the chart of somebody of the day; false where the key is nobody's.
    pub(super) fn of_the_day(&mut self) -> bool {
        let key = self.patient.key.clone();
        self.care_team();
        match key.as_str() {
            "harold" => self.harold(),
            "betty" => self.betty(),
            "marcus" => self.marcus(),
            "linh" => self.linh(),
            "walter" => self.walter(),
            "kayla" => self.kayla(),
            "ruthann" => self.ruthann(),
            "joseph" => self.joseph(),
            "patricia" => self.patricia(),
            "susan" => self.susan(),
            "tanya" => self.tanya(),
            "george" => self.george(),
            "mei" => self.mei(),
            "darnell" => self.darnell(),
            "owen" => self.owen(),
            "linda" => self.linda(),
            "vernon" => self.vernon(),
            "dolores" => self.dolores(),
            "carmen" => self.carmen(),
            "hector" => self.hector(),
            "irma" => self.irma(),
            _ => return false,
        }
        true
    }

    fn harold(&mut self) {
        self.problem(HEART_FAILURE, 900);
        self.problem(HYPERTENSION, 7000);
        self.medicine(FUROSEMIDE, "Take 1 tablet every morning", &[210, 120, 30]);
        self.medicine(LISINOPRIL_10, "Take 1 tablet every morning", &[210, 120, 30]);
        self.vaccine(FLU, &[36, 395]);
        let seen = self.visit(30, (9, 20), &[HEART_FAILURE]);
        self.vitals(seen, (122, 70), "83.5");
        self.agreed(&[
            "Step on the scale every morning and write it down.",
            "Up 3 pounds in two days, or ankles that swell: call us the same day.",
            "Furosemide once a day, in the morning.",
        ]);
        self.results(POTASSIUM, &[(120, "4.0"), (30, "4.2")]);
        self.results(CREATININE, &[(120, "1.0"), (30, "1.1")]);
    }

    fn betty(&mut self) {
        self.problem(HYPERLIPIDEMIA, 3100);
        self.medicine(ATORVASTATIN, "Take 1 tablet at bedtime", &[270, 180, 92]);
        self.vaccine(SHINGLES, &[820, 730]);
        let seen = self.visit(92, (11, 0), &[HYPERLIPIDEMIA]);
        self.vitals(seen, (124, 76), "66.2");
        self.agreed(&["Go on with atorvastatin at bedtime.", "More vegetables and fish, less fried food."]);
        self.results(LDL, &[(270, "101"), (92, "96")]);
    }

    fn marcus(&mut self) {
        self.problem(KNEE_INJURY, 70);
        self.medicine(NAPROXEN, "Take 1 tablet with food, up to 2 times a day", &[70]);
        let seen = self.visit(21, (14, 20), &[KNEE_INJURY]);
        self.vitals(seen, (126, 80), "95.0");
        self.procedure(KNEE_XRAY, seen);
        self.agreed(&[
            "Nothing speaks against the surgery.",
            "No naproxen in the last 7 days before it; acetaminophen is fine.",
            "Bring the papers for your job as soon as you have them.",
        ]);
        self.results(HEMOGLOBIN, &[(21, "14.6")]);
    }

    fn linh(&mut self) {
        self.problem(PREDIABETES, 380);
        self.vaccine(FLU, &[29]);
        let seen = self.visit(380, (10, 0), &[]);
        self.vitals(seen, (116, 72), "58.9");
        self.agreed(&[
            "Walk for half an hour on most days.",
            "Water in place of sweet drinks.",
            "Test the A1c again in a year.",
        ]);
        self.results(A1C, &[(380, "5.9"), (2, "6.1")]);
    }

    fn walter(&mut self) {
        self.problem(GOUT, 2200);
        self.medicine(ALLOPURINOL, "Take 1 tablet every day", &[240, 150, 61]);
        let seen = self.visit(61, (9, 0), &[GOUT]);
        self.vitals(seen, (134, 80), "90.1");
        self.agreed(&[
            "Go on with allopurinol, one tablet every day.",
            "Drink a lot of water, and little beer.",
        ]);
        self.results(URIC_ACID, &[(240, "8.4"), (61, "6.9")]);
    }

    fn kayla(&mut self) {
        self.medicine(BIRTH_CONTROL, "Take 1 tablet every day at the same time", &[42]);
        let seen = self.visit(42, (15, 20), &[CONTRACEPTION]);
        self.vitals(seen, (112, 70), "61.7");
        self.agreed(&[
            "One tablet every day at the same time, the first one on the first day of the period.",
            "Write to us after the second pack: how it goes.",
        ]);
    }

    fn ruthann(&mut self) {
        self.problem(HYPERTENSION, 5600);
        self.medicine(AMLODIPINE_10, "Take 1 tablet every day", &[12]);
        self.past_medicine(AMLODIPINE, "Take 1 tablet every day", &[280, 190, 100], "stopped");
        self.vaccine(PNEUMOCOCCAL, &[2400]);
        let seen = self.visit(12, (10, 40), &[HYPERTENSION]);
        self.vitals(seen, (158, 82), "57.4");
        self.agreed(&[
            "Amlodipine goes up from 5 to 10 mg, one tablet every day.",
            "Measure the blood pressure every morning, sitting.",
            "Stand up slowly.",
        ]);
    }

    fn joseph(&mut self) {
        self.vaccine(TDAP, &[1500]);
        self.vaccine(HEPATITIS_B, &[3400, 3370, 3220]);
        let seen = self.visit(200, (16, 0), &[]);
        self.vitals(seen, (120, 78), "82.6");
        self.agreed(&[
            "All is well. The next check-up is in a year.",
            "Tell us two months before a long journey, for the shots.",
        ]);
    }

    fn patricia(&mut self) {
        self.problem(ASTHMA, 5200);
        self.past_problem(BRONCHITIS, 14, 13);
        self.medicine(ALBUTEROL, "2 puffs every 4 hours if you need it", &[14]);
        let seen = self.visit(14, (13, 0), &[BRONCHITIS]);
        self.vitals(seen, (128, 78), "72.8");
        self.agreed(&[
            "Most of these coughs come from a virus; an antibiotic would not help.",
            "Two puffs of albuterol when the chest is tight, at most every 4 hours.",
            "A fever that comes back, or short breath at rest: call us.",
        ]);
    }

    fn susan(&mut self) {
        self.problem(HYPERLIPIDEMIA, 1500);
        self.medicine(ATORVASTATIN, "Take 1 tablet at bedtime", &[160, 70]);
        let seen = self.visit(24, (11, 40), &[MOLE]);
        self.vitals(seen, (122, 74), "64.0");
        self.agreed(&[
            "The referral to the skin doctor goes out today; they call you for a day.",
            "Stay out of the noon sun.",
        ]);
    }

    fn tanya(&mut self) {
        self.allergy((SULFA_ALLERGY, "medication"), (RASH, false), 236);
        self.past_medicine(SULFA, "Take 1 tablet 2 times a day for 3 days", &[240], "completed");
        self.past_problem(BLADDER_INFECTION, 240, 7);
        let seen = self.visit(240, (9, 40), &[BLADDER_INFECTION]);
        self.vitals(seen, (114, 72), "68.3");
        self.procedure(URINE_CULTURE, seen);
        self.agreed(&[
            "Take the sulfa tablets twice a day for 3 days.",
            "Stop and call us if a rash comes.",
            "Drink a lot of water.",
        ]);
    }

    fn george(&mut self) {
        self.problem(DIABETES, 2900);
        self.medicine(METFORMIN, "Take 2 tablets with supper", &[230, 140, 50]);
        let seen = self.visit(50, (8, 40), &[DIABETES]);
        self.vitals(seen, (130, 76), "88.0");
        self.procedure(FOOT_EXAM, seen);
        self.agreed(&[
            "Go on with metformin with supper.",
            "It is time for the colonoscopy; the center sends you a day and a sheet.",
        ]);
        self.results(A1C, &[(230, "7.2"), (50, "6.9")]);
    }

    fn mei(&mut self) {
        self.problem(HYPOTHYROIDISM, 1100);
        self.problem(OSTEOPOROSIS, 40);
        self.medicine(LEVOTHYROXINE, "Take 1 tablet in the morning on an empty stomach", &[220, 130, 40]);
        self.medicine(CALCIUM, "Take 1 tablet 2 times a day with food", &[40]);
        let seen = self.visit(40, (10, 20), &[OSTEOPOROSIS]);
        self.vitals(seen, (118, 72), "52.8");
        self.procedure(BONE_SCAN, seen);
        self.agreed(&[
            "The scan shows thin bones. Calcium with vitamin D, two times a day with food.",
            "Walk and climb stairs every day.",
            "The thyroid tablet stays as it is.",
        ]);
        self.results(TSH, &[(220, "3.1"), (40, "2.4")]);
    }

    fn darnell(&mut self) {
        self.problem(HYPERTENSION, 700);
        self.medicine(LOSARTAN, "Take 1 tablet every day", &[190, 95]);
        let seen = self.visit(95, (15, 0), &[HYPERTENSION]);
        self.vitals(seen, (144, 90), "101.2");
        self.agreed(&[
            "Buy a cuff for the upper arm, not for the wrist.",
            "Measure in the evening, three days in a row, and send us the numbers.",
            "Losartan every day, also on good days.",
        ]);
        self.results(POTASSIUM, &[(95, "4.4")]);
    }

    fn owen(&mut self) {
        self.problem(ANXIETY, 16);
        self.medicine(SERTRALINE, "Take 1 tablet every morning", &[16]);
        let seen = self.visit(16, (14, 40), &[ANXIETY]);
        self.vitals(seen, (128, 82), "77.9");
        self.agreed(&[
            "Start sertraline 50 mg, one tablet every morning. The first week it can upset the stomach.",
            "A nurse writes to you after two weeks.",
            "Then we decide together whether the dose goes up.",
        ]);
    }

    fn linda(&mut self) {
        self.problem(MIGRAINE, 4100);
        self.medicine(SUMATRIPTAN, "Take 1 tablet when a migraine begins", &[180, 8]);
        let seen = self.visit(8, (9, 0), &[MIGRAINE]);
        self.vitals(seen, (120, 76), "70.5");
        self.agreed(&[
            "Take sumatriptan as soon as a migraine begins.",
            "Go on with the headache diary; it helps with your insurance too.",
        ]);
    }

    fn vernon(&mut self) {
        self.problem(HYPERTENSION, 4800);
        self.problem(HYPERLIPIDEMIA, 2600);
        self.medicine(AMLODIPINE, "Take 1 tablet every day", &[150, 60]);
        self.medicine(ATORVASTATIN, "Take 1 tablet at bedtime", &[150, 60]);
        let seen = self.visit(60, (10, 0), &[HYPERTENSION, HYPERLIPIDEMIA]);
        self.vitals(seen, (138, 84), "94.3");
        self.agreed(&["Go on with both tablets.", "Chest pain that does not go away: call 911 first."]);
        self.results(LDL, &[(60, "118")]);
    }

    fn dolores(&mut self) {
        self.medicine(METFORMIN, "Tome 2 tabletas con la cena", &[20]);
        self.visit(60, (10, 20), &[DIABETES]);
        self.agreed(&[
            "La A1c dirá si es diabetes; le escribimos en cuanto llegue.",
            "Agua en lugar de bebidas dulces.",
        ]);
        self.problem(DIABETES, 60);
        let seen = self.visit(20, (11, 20), &[DIABETES]);
        self.vitals(seen, (128, 78), "74.4");
        self.procedure(FOOT_EXAM, seen);
        self.agreed(&[
            "La metformina sube a dos tabletas con la cena.",
            "Caminar 20 minutos después de cenar.",
            "Escribirnos si algo le cae mal.",
        ]);
        self.results(A1C, &[(60, "7.4")]);
    }

    fn carmen(&mut self) {
        self.problem(HYPERLIPIDEMIA, 500);
        self.vaccine(FLU, &[31]);
        let seen = self.visit(170, (13, 40), &[]);
        self.vitals(seen, (120, 74), "69.6");
        self.agreed(&[
            "Todo está bien. El próximo chequeo es en un año.",
            "Más verdura y pescado, menos frituras.",
        ]);
        self.results(LDL, &[(170, "126")]);
    }

    fn hector(&mut self) {
        self.problem(DIABETES, 3600);
        self.medicine(GLARGINE, "Inyecte 22 unidades al acostarse", &[200, 110, 22]);
        self.medicine(METFORMIN, "Tome 2 tabletas con la cena", &[200, 110, 22]);
        let seen = self.visit(22, (9, 20), &[DIABETES]);
        self.vitals(seen, (132, 80), "86.7");
        self.procedure(FOOT_EXAM, seen);
        self.agreed(&[
            "Seguir con 22 unidades de insulina al acostarse.",
            "Medir el azúcar antes del desayuno y anotarlo.",
            "Cambiar la aguja cada vez.",
        ]);
        self.results(A1C, &[(200, "8.1"), (22, "7.6")]);
    }

    fn irma(&mut self) {
        self.problem(OSTEOPOROSIS, 1900);
        self.problem(HYPERTENSION, 3300);
        self.medicine(AMLODIPINE, "Tome 1 tableta todos los días", &[130, 44]);
        let seen = self.visit(44, (10, 0), &[HYPERTENSION, OSTEOPOROSIS]);
        self.vitals(seen, (136, 78), "60.9");
        self.agreed(&[
            "Seguir con la amlodipina todos los días.",
            "Quitar los tapetes sueltos y poner una barra en el baño.",
            "Si se cae, avisarnos el mismo día.",
        ]);
    }
}
