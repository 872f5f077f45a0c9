package dev.cermin.eval.suite;

/** Five worked examples in the style of GSM8K's training set, written for this project: none is in the data. */
final class Gsm8kExamples {
    private static final String EXAMPLES = """
            Question: A bakery bakes 6 trays of rolls in the morning. Each tray holds 15 rolls. By noon it has sold 52 \
            rolls. How many rolls are left?
            Answer: The bakery bakes 6*15=<<6*15=90>>90 rolls.
            After selling 52 of them, 90-52=<<90-52=38>>38 rolls are left.
            #### 38

            Question: Farid saves $12 a week. His sister saves half as much. How many dollars do they save \
            together in 8 weeks?
            Answer: Farid's sister saves 12/2=$<<12/2=6>>6 a week.
            Together they save 12+6=$<<12+6=18>>18 a week.
            In 8 weeks they save 18*8=$<<18*8=144>>144.
            #### 144

            Question: A bus has 48 seats. At the first stop three quarters of the seats are taken. At the second stop \
            10 passengers leave and 7 get on. How many seats are free then?
            Answer: At the first stop 48*3/4=<<48*3/4=36>>36 seats are taken.
            At the second stop 36-10+7=<<36-10+7=33>>33 seats are taken.
            So 48-33=<<48-33=15>>15 seats are free.
            #### 15

            Question: A notebook costs $3 and a pen costs $2 less than a notebook. Mei buys 5 notebooks and 4 pens and \
            pays with a $50 note. How many dollars does she get back?
            Answer: A pen costs 3-2=$<<3-2=1>>1.
            The notebooks cost 5*3=$<<5*3=15>>15 and the pens cost 4*1=$<<4*1=4>>4.
            Together that is 15+4=$<<15+4=19>>19.
            She gets back 50-19=$<<50-19=31>>31.
            #### 31

            Question: A tank holds 1,200 liters. One pump fills 30 liters a minute and a second pump fills 20 liters a \
            minute. How many minutes do both together need for the empty tank?
            Answer: Together the pumps fill 30+20=<<30+20=50>>50 liters a minute.
            They need 1200/50=<<1200/50=24>>24 minutes.
            #### 24

            """;

    private Gsm8kExamples() {}

    static String before(String question) {
        return EXAMPLES + "Question: " + question.strip() + "\nAnswer:";
    }
}
