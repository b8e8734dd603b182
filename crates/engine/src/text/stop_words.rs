//! Words that say nothing about a resource, and words that say little.

/// Folded German words without meaning of their own.
pub const GERMAN: &str = "aber alle allem allen aller alles als also am an andere anderem anderen anderer anders auch auf aus bei beim bereits \
besonders bin bis bitte da dabei dadurch dafuer damit danach dann daran darauf darum das dass davon dazu dein deine dem den denen denn der deren \
des dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines einige einigen einmal er es \
etwa etwas euch euer eure fuer gar gegen gern gerne hab habe haben hat hatte hatten hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im \
immer in ins ist ja je jede jemand jemandem jemanden jedem jeden jeder jedes jetzt kann kein keine keinen koennen koennte koennten man mehr mein meine mich mir mit nach \
nicht nichts noch nun nur ob oder ohne pro rund schon sehr sein seine seinen seit sich sie sind so sodass soll sollen sollte sollten sowie sowohl \
statt ueber um und uns unser unsere unserem unseren unserer unter usw vom von vor waehrend war waere was weil weitere weiteren welche welchem \
welcher wenn wer werden wie wieder will wir wird wo wollen wuerde wuerden wurde wurden zu zum zur zwei drei vier zwischen zb ca etc moechte \
moechten muss muessen darf duerfen mal viel viele vielen wenig bzw evtl ggf jaehrlich deren ab bis dran rein raus drin selbst eigenes eigene \
eigenen eigener gemeinsam gemeinsame gemeinsamen neu neue neuen neuer neues gut gute guten guter klein kleine kleinen kleiner gross grosse \
grossen grosser dringend moeglich moeglichst verschiedene verschiedenen suche suchen sucht gesucht \
untertags tagsueber abends morgens mittags nachmittags vormittags nachts werktags wochentags sonntags montags dienstags mittwochs \
donnerstags freitags samstags sonnabends heuer demnaechst bald baldmoeglichst sofort kurzfristig langfristig spontan gelegentlich manchmal \
oft oefter oefters haeufig meist meistens selten nie niemals stets derzeit zurzeit momentan aktuell aktuelle aktuellen gerade inzwischen \
mittlerweile kuenftig zukuenftig frueher spaeter gestern heute morgen uebermorgen kuerzlich neulich endlich leider hoffentlich vielleicht \
eventuell natuerlich echt richtig total ziemlich ganz ganze ganzen ganzer ganzes gesamt gesamte gesamten wirklich eigentlich mindestens \
hoechstens maximal circa ungefaehr knapp mehrere mehreren mehrerer paar beide beiden beider fuenf sechs sieben acht neun zehn elf zwoelf \
fuenfzehn zwanzig dreissig vierzig fuenfzig sechzig achtzig hundert tausend naechste naechsten naechster naechstes kommende kommenden \
vergangene vergangenen innerorts ueberall irgendwo irgendwie irgendwas irgendwer irgendjemand irgendein irgendeine irgendwann ueberhaupt \
halt eben sogar zumindest wenigstens jeweils insgesamt allein alleine alleinigen deshalb deswegen daher trotzdem obwohl damals solange bevor \
sobald sonst sowieso besser beste besten lieber liebsten toll tolle tollen super prima schoen schoene schoenen schoener schoenes lieb liebe \
nett taeglich woechentlich monatlich wochenweise tageweise stundenweise halbtags ganztags halbjaehrlich regelmaessig regelmaessige \
regelmaessigen dauerhaft voruebergehend zeitweise zeitnah ganzjaehrig mitten nahe unweit naehe umkreis drumherum gegenueber nebenan drueben \
daheim zuhause vorbei hierfuer wofuer wozu womit worum wohin woher warum weshalb wieso wieviel wieviele wann welches wessen worauf wobei \
hallo moin servus gruess dankbar bitteschoen herzlich herzliche herzlichen liebste freundlich freundliche freundlichen ansonsten auszer \
ausser ausserdem zudem zusaetzlich zusaetzliche weiterhin dennoch jedoch hingegen obendrein uebrigens naemlich nachdem somit folglich \
anscheinend bestimmt sicherlich gewiss einiges manches mancher manche manchen solche solchen solcher soviel soviele genug genuegend \
ausreichend wenige wenigen zuviel voller braeuchten braeuchte haetten haette waeren heisst gibts sagen sagt sage \
sagst sagte sagten gesagt sag fast fall falls ebenfalls jedenfalls notfalls einzelfall worden geworden wollt wollte wolltest wollten gewollt \
gehoert gehoeren gehoerte gehoerten gehoere recht los seid gutes gutem guete erstmals erstmal zweimal dreimal schonmal mehrmals spaet spaetere \
spaeteren spaeten koenntest koennten grund grunde gruende nah nahen naeher gefallen gefaellt gefiel faellt fallen fiel fielen bot \
lief gelassen erwaehnt seltener unterhalb bono qm quadratmeter suchte gedauert schlicht seht naemlich fuehlt gefuehlt anstelle \
abwarten problemlos bekanntlich verfuegt";

/// Folded English words without meaning of their own.
pub const ENGLISH: &str = "a about all also an and any are as at be been but by can could do does each for from get had has have he her his how i \
if in into is it its just like many may me more most much my need needs no not of on one or other our out over she should so some such than that \
the their them then there these they this those to up us very was we were what when where which who will with would you your \
please looking look want wants wanted someone somebody anyone anybody something anything here every again still now only own last new good \
nice great happy glad lot lots bit little big small during while before after until since because too both several upon within without per \
via two three four five ten twenty am im ive wed id re ve ll dont doesnt didnt cant isnt youre theyre him himself themselves ourselves \
yourself maybe perhaps often sometimes always never soon already almost around near nearby ready able available possible";

/// German words that every text of the field has: who asks, whom it is for, that something is wanted or given.
/// They count a quarter.
pub const GENERIC: &str = "betrieb geschäft laden büro meister service studio handlung hilfe helfen unterstützung unterstützen brauchen benötigen bieten angebot anbieten stellen \
verfügung geben möglich kind jugendlicher senior mensch frau mann mädchen junge familie eltern bewohner nachbar gast mitglied team gruppe \
verein einrichtung kita schule unternehmen firma betrieb projekt organisation mitarbeiter kollege leute person teilnehmer geflüchtete \
flüchtling behinderung bereich thema zeit tag stunde woche monat jahr euro kostenlos ehrenamtlich freiwillig sozial lokal kiez stadt \
stadtteil quartier ort nachbarschaft haus wunsch idee bedarf sache ding art machen tun lassen finden nutzen durchführung durchführen \
organisieren übernehmen zeigen kommen gehen freuen einsatz engagement kooperation partner einmalig regelmäßig \
fehlen mangeln hoffen wissen kennen heißen bleiben stehen liegen sitzen meinen glauben denken mögen bekommen erhalten holen bringen \
nehmen halten fragen melden versuchen schaffen gelingen bedeuten wünschen dienen beginnen anfangen enden dauern \
passieren stattfinden montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag wochenende werktag feiertag januar jänner \
februar märz april mai juni juli august september oktober november dezember frühling frühjahr sommer herbst winter saison vormittag mittag \
nachmittag abend nacht feierabend minute viertelstunde halbjahr anfang ende beginn start zukunft dutzend anzahl menge größe \
meter kilo kilometer prozent laune lust freude spaß geduld herz mühe problem frage sorge glück gefühl traum anlass möglichkeit \
gelegenheit voraussetzung bedingung rücksprache absprache vereinbarung info information erfahrung kenntnis lösung ziel beispiel weise \
situation alltag leben umgebung umkreis bezirk viertel gegend region adresse personen klient betreute teilnehmende \
schützling dame herr kollegin chef chefin mitmachen üben kinder hort krippe wohngruppe tagesstätte altenheim pflegeheim \
seniorenheim jugendclub jugendzentrum station people child children kid youth teenager elderly resident family parent \
group club community neighbourhood neighborhood week weekend month year day hour time morning afternoon evening monday tuesday wednesday \
thursday friday saturday sunday spring summer autumn place thing way offer give provide lend get find help support like love would know \
think make take bring free used";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_folded() {
        for list in [GERMAN, ENGLISH] {
            assert!(
                list.split_whitespace().all(|word| word.bytes().all(|letter| letter.is_ascii_lowercase()))
            );
        }
    }
}
