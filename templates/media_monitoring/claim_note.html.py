BBBBBBB BBBBBBBBBBB
BBBB BBBBBBBBBBBBBBBBB
 #

BBBBB BBBBB gettext(u'Note a claim') X BBBBBBBB
BBBBB BBBBBB
     gettext(u'Media monitoring') 
     gettext(u'Note a claim') 
    BBB BBBBBBBBBBBBBBBBBBBBBBB BB BBBBBBBB
    BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBB BBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBB BBBB
BBBBBBBB
BBBBB BBBBBBB
    XXXX XXXXXXXXXXXXXXXXX
        XXXX XXXXXXXXXXXXX
            XXXX gettext(u'Note a claim') XXXXX
            XX XXXXXXXXXXXX XXXX XXXXXX
                X FFFFFFFFFFF FFFFX 
            XXXX
        XXXXXX
    XXXXXX
    XXXX XXXXXXXXXXX XXXXXX
        XXXX XXXXXXXXXXXXXX
            XXXXX XXXXXXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXXX XXXXXXXXXXXXX
                BBBBBBBBBB
                BBBBBB BBBB
            XXXXXXX
        XXXXXX
        XXXXXX XXXXXXXXXXXXXXX XXXXXXXXXXXX gettext(u'Beside') XX
            BB BBBBB
                 _("Noted in this article already") 
                XXX XXXXXXXXXXX XXXXXX
                    BBB BBBBB BB BBBBBXXXX
                            XX XXXXXXXXXXXXXXXXXX XXXXXXXXXXXX
                        XXXXXBBBBBB
                XXXXX
                BBBBBBB
            BBBBB
            BB BBBBBB
                 _("The same claim as") 
                XXX XXXXXXXXXXX XXXXXX
                    BBB BBBBB BB BBBBBBXXX XXXXXXXXXXXXXXX XXXXXX
                            XXXXX XXXXXXXXXXXXXXXXXXXX
                            XXXXX XXXXXXXXXXXXX XXXXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBB BBBBBBBBBBXX
                                BBBBBBBBBB
                                XXXXXXX XXXXXXXXXX XXXXXXXXX XXXXXXXX
                                     gettext(u'Add to it') XXXXX XXXXXXXXXXXXXXXXXXXXXXXXX XXXXXXX
                                XXXXXXXXX
                            XXXXXXX
                        XXXXXBBBBBB
                XXXXX
                BBBBBBB
            BBBBB
        XXXXXXXX
    XXXXXX
BBBBBBBB
