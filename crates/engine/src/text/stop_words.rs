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
grossen grosser dringend moeglich moeglichst verschiedene verschiedenen suche suchen sucht gesucht";

/// Folded English words without meaning of their own.
pub const ENGLISH: &str = "a about all also an and any are as at be been but by can could do does each for from get had has have he her his how i \
if in into is it its just like many may me more most much my need needs no not of on one or other our out over she should so some such than that \
the their them then there these they this those to up us very was we were what when where which who will with would you your";

/// German words that every text of the field has: who asks, whom it is for, that something is wanted or given.
/// They count a quarter.
pub const GENERIC: &str = "betrieb geschäft laden büro meister service studio handlung hilfe helfen unterstützung unterstützen brauchen benötigen bieten angebot anbieten stellen \
verfügung geben möglich kind jugendlicher senior mensch frau mann mädchen junge familie eltern bewohner nachbar gast mitglied team gruppe \
verein einrichtung kita schule unternehmen firma betrieb projekt organisation mitarbeiter kollege leute person teilnehmer geflüchtete \
flüchtling behinderung bereich thema zeit tag stunde woche monat jahr euro kostenlos ehrenamtlich freiwillig sozial lokal kiez stadt \
stadtteil quartier ort nachbarschaft haus wunsch idee bedarf sache ding art machen tun lassen finden nutzen durchführung durchführen \
organisieren übernehmen zeigen kommen gehen freuen einsatz engagement kooperation partner einmalig regelmäßig";

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
