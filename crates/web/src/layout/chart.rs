//! Charts as the program draws them: an SVG with a title and a description, and the same figures as a table.
//!
//! Three forms share one look: bars beside each other, a funnel (each row is what is left of the one above), and a
//! ladder (each row is a step higher). They follow the direction of reading and need no script.

use crate::layout::Chrome;

/// Width of the drawing in its own units; small, so that its letters are legible on a phone.
const WIDTH: u64 = 420;
/// Height of one row with its label.
const ROW: u64 = 50;
/// Height of a row's bar.
const BAR: u64 = 20;
/// Free space around everything.
const EDGE: u64 = 12;
/// How far each step of a ladder stands in from the one below.
const STEP: u64 = 14;

/// How rows are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Bars,
    Funnel,
    Ladder,
}

/// What a chart is called, and what one sees in it.
pub(crate) struct Caption {
    /// Id in the page.
    pub(crate) id: &'static str,
    pub(crate) title: String,
    pub(crate) description: String,
    /// Headings of the table: what is counted, and how many.
    pub(crate) columns: (String, String),
}

/// A chart, ready to be drawn.
pub(crate) struct Chart {
    pub(crate) caption: Caption,
    pub(crate) width: u64,
    pub(crate) height: u64,
    pub(crate) marks: Vec<Mark>,
}

/// One row of a chart.
pub(crate) struct Mark {
    pub(crate) class: &'static str,
    /// The shape as an SVG path.
    pub(crate) shape: String,
    pub(crate) label: String,
    pub(crate) value: String,
    pub(crate) label_x: u64,
    pub(crate) value_x: u64,
    pub(crate) text_y: u64,
}

impl Chart {
    /// Draws rows of a label and a count, in the order given.
    pub(crate) fn draw(c: &Chrome, form: Form, caption: Caption, rows: &[(String, u64)]) -> Self {
        let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
        let mirrored = c.direction() == "rtl";
        let frame = Frame { form, most, mirrored, rows: rows.len() as u64 };
        let mark = |(at, (label, count)): (u64, &(String, u64))| {
            let below = rows.get(at as usize + 1).map_or(*count, |(_, count)| *count);
            frame.mark(at, (label, c.n(count)), (*count, below))
        };
        let marks = (0..).zip(rows).map(mark).collect();
        Self { caption, width: WIDTH, height: frame.rows * ROW + 2 * EDGE, marks }
    }
}

struct Frame {
    form: Form,
    most: u64,
    mirrored: bool,
    rows: u64,
}

impl Frame {
    fn mark(&self, at: u64, (label, value): (&str, String), (count, below): (u64, u64)) -> Mark {
        // The first step of a ladder stands on the ground.
        let place = if self.form == Form::Ladder { self.rows - 1 - at } else { at };
        let top = EDGE + place * ROW;
        let inset = if self.form == Form::Ladder { at * STEP } else { 0 };
        Mark {
            class: if self.form == Form::Ladder && count == 0 { "bar rest" } else { "bar" },
            shape: self.shape(top + ROW - BAR - 8, inset, (count, below)),
            label: label.to_owned(),
            value,
            label_x: self.turned(EDGE + inset),
            value_x: self.turned(WIDTH - EDGE),
            text_y: top + 14,
        }
    }

    fn shape(&self, top: u64, inset: u64, (count, below): (u64, u64)) -> String {
        let room = WIDTH - 2 * EDGE - inset;
        // A count above none stays visible, however small.
        let long = |count: u64| if count == 0 { 2 } else { (count.saturating_mul(room) / self.most).max(4) };
        let bottom = top + BAR;
        match self.form {
            Form::Funnel => {
                let (wide, narrow) = (long(count) / 2, long(below) / 2);
                let middle = WIDTH / 2;
                let (left, right) = (middle - wide, middle + wide);
                format!("M{left} {top}H{right}L{} {bottom}H{}z", middle + narrow, middle - narrow)
            }
            Form::Bars | Form::Ladder => {
                let (from, to) = (EDGE + inset, EDGE + inset + long(count));
                let (from, to) = (self.turned(from), self.turned(to));
                format!("M{from} {top}H{to}V{bottom}H{from}z")
            }
        }
    }

    fn turned(&self, x: u64) -> u64 {
        if self.mirrored { WIDTH - x } else { x }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiez_words::Locale;

    fn chart(locale: Locale, form: Form, counts: &[u64]) -> Chart {
        let caption = Caption {
            id: "x",
            title: String::new(),
            description: String::new(),
            columns: Default::default(),
        };
        let rows: Vec<_> = counts.iter().map(|count| (format!("row {count}"), *count)).collect();
        Chart::draw(&Chrome::plain(locale), form, caption, &rows)
    }

    #[test]
    fn the_longest_bar_fills_the_width_and_half_of_it_is_half_as_long() {
        let drawn = chart(Locale::German, Form::Bars, &[100, 50]);
        assert!(drawn.marks[0].shape.contains("M12 34H408"), "{}", drawn.marks[0].shape);
        assert!(drawn.marks[1].shape.contains("H210"), "{}", drawn.marks[1].shape);
    }

    #[test]
    fn bars_begin_where_reading_begins() {
        let drawn = chart(Locale::Mirrored, Form::Bars, &[100]);
        assert!(drawn.marks[0].shape.starts_with("M408 "), "{}", drawn.marks[0].shape);
        assert_eq!((drawn.marks[0].label_x, drawn.marks[0].value_x), (408, 12));
    }

    #[test]
    fn a_funnel_narrows_to_what_is_left_in_the_next_row() {
        let drawn = chart(Locale::German, Form::Funnel, &[100, 50]);
        assert_eq!(drawn.marks[0].shape, "M12 34H408L309 54H111z");
    }

    #[test]
    fn a_ladder_is_climbed_upwards() {
        let drawn = chart(Locale::German, Form::Ladder, &[3, 2, 1]);
        assert!(drawn.marks[0].text_y > drawn.marks[2].text_y);
        assert!(drawn.marks[2].label_x > drawn.marks[0].label_x);
    }

    #[test]
    fn nothing_and_huge_counts_are_drawn_without_a_fault() {
        assert!(chart(Locale::German, Form::Bars, &[]).marks.is_empty());
        for form in [Form::Bars, Form::Funnel, Form::Ladder] {
            assert_eq!(chart(Locale::German, form, &[0, 0]).marks.len(), 2);
            assert_eq!(chart(Locale::German, form, &[u64::MAX, 1]).marks.len(), 2);
        }
    }
}
